import { pauseAfter } from './backoff.ts';

/** A receiver's answer that it cannot take this now. */
export class Busy extends Error {
  /** How long it asks to be left alone. */
  readonly waitMs: number | undefined;

  constructor(message: string, waitMs: number | undefined) {
    super(message);
    this.waitMs = waitMs;
  }
}

const attempts = 3;

/** What the network says where there is no connection, or none any more. A name may be unknown for a moment, too. */
const unconnected: ReadonlySet<unknown> = new Set(
  (
    'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENETDOWN ENOTFOUND EAI_AGAIN ' +
    'UND_ERR_SOCKET UND_ERR_CONNECT_TIMEOUT'
  ).split(' '),
);

/** Three attempts within `timeoutMs`, where the receiver is busy or the connection fails. Anything else fails at once. */
export async function tryAgain<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const ends = performance.now() + timeoutMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !passes(error)) throw error;
      const waitMs = (error instanceof Busy ? error.waitMs : undefined) ?? pauseAfter(attempt);
      if (performance.now() + waitMs >= ends) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

function passes(error: unknown): boolean {
  if (error instanceof Busy) return true;
  if (!(error instanceof Error)) return false;
  // What fetch throws has the network's error as its cause.
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } | null };
  return unconnected.has(code) || unconnected.has(cause?.code);
}
