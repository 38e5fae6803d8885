import type { Limits } from './limits.ts';

/** The time of a statement was over. */
export class TimedOut extends Error {
  override readonly name: 'TimedOut' = 'TimedOut' as const;
}

/** How long a server has to end a statement that it was told to end. */
export const graceMs = 5_000;

/**
 * What `start` gives, unless its limits end it first: then `cancel` is called, which tells the server, and the
 * statement's end is awaited, so that the connection is idle again. Rejected with the signal's reason, or `TimedOut`.
 * `onStuck` is told where the server has not ended it in 5 seconds: the connection cannot be used any more.
 */
export async function limited<T>(
  limits: Limits,
  start: () => Promise<T>,
  cancel: () => Promise<unknown>,
  onStuck: () => void,
): Promise<T> {
  const { signal, deadline } = limits;
  if (signal === undefined && deadline === undefined) return start();
  signal?.throwIfAborted();
  const left = deadline === undefined ? undefined : deadline - performance.now();
  if (left !== undefined && left <= 0) throw new TimedOut();

  let reason: { readonly error: unknown } | undefined;
  let cancelling: Promise<unknown> | undefined;
  let grace: NodeJS.Timeout | undefined;
  let giveUp: () => void = () => undefined;
  const stuck = new Promise<never>((_, reject) => {
    giveUp = () => {
      onStuck();
      reject(new TimedOut());
    };
  });
  const end = (error: unknown): void => {
    if (reason) return;
    reason = { error };
    grace = setTimeout(giveUp, graceMs);
    cancelling = cancel().catch(() => undefined);
  };
  const onAbort = (): void => end(signal?.reason);
  const timer = left === undefined ? undefined : setTimeout(() => end(new TimedOut()), left);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([start(), stuck]);
  } catch (error) {
    throw reason ? reason.error : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    // A cancellation on its way would end the next statement of the connection instead. Bounded by the grace.
    if (cancelling) await Promise.race([cancelling, stuck]).catch(() => undefined);
    clearTimeout(grace);
  }
}
