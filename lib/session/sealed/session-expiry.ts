export interface SealedLifetime {
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
}

/** What the servers' clocks may differ by. */
const skewSeconds = 60;

/**
 * Why a session of these times isn't valid at `now`, or undefined if it is. All are seconds since the epoch.
 *
 * @param seenAt when the browser was last seen
 */
export function sessionExpiry(
  { createdAt, seenAt }: { readonly createdAt: number; readonly seenAt: number },
  { idleSeconds, absoluteSeconds }: SealedLifetime,
  now: number,
): 'absolute' | 'idle' | 'from-the-future' | undefined {
  if (createdAt > now + skewSeconds || seenAt > now + skewSeconds) return 'from-the-future';
  if (now - createdAt >= absoluteSeconds) return 'absolute';
  return now - seenAt >= idleSeconds ? 'idle' : undefined;
}
