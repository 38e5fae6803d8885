import { now, sleep } from '../clock.ts';
import { pauseAfter } from './backoff.ts';

/** A receiver's answer that it cannot take this now. */
export class Busy extends Error {
  /** How long it asks to be left alone. */
  readonly waitMs: number;

  constructor(message: string, waitMs: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

const attempts = 3;

/**
 * Three attempts until `ends`, where `again` says that the error passes. Anything else fails at once. A receiver is left
 * alone for as long as it asks, and never for less than any other.
 */
export async function tryAgain<T>(
  ends: number,
  work: () => Promise<T>,
  again: (error: unknown) => boolean = passes,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const waitMs = Math.max(error instanceof Busy ? error.waitMs : 0, pauseAfter(attempt));
      if (attempt === attempts || now() + waitMs >= ends || !again(error)) throw error;
      await sleep(waitMs);
    }
  }
}

/** There is nobody to send anything to: no answer to the name, or to the call. A name may be unknown for a moment, too. */
const unreached: readonly unknown[] = 'ECONNREFUSED ENOTFOUND EAI_AGAIN UND_ERR_CONNECT_TIMEOUT'.split(' ');
/** What the network says where there is no connection any more, or none at all. */
const unconnected: readonly unknown[] =
  'ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENETDOWN UND_ERR_SOCKET'.split(' ');

/** For what may arrive twice: the receiver is busy, or the connection failed, also half-way. */
export function passes(error: unknown): boolean {
  return (
    error instanceof Busy ||
    nothingSent(error) ||
    causes(error).some(({ code }) => unconnected.includes(code))
  );
}

/** For what must not arrive twice: only where no connection was made. */
export function nothingSent(error: unknown): boolean {
  return causes(error).some(
    // Of the errors of a connection, only those of making one tell of several addresses.
    (one) => unreached.includes(one.code) || one.syscall === 'connect' || one instanceof AggregateError,
  );
}

interface NetworkError extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
}

/** What fetch throws has the network's error as its cause. */
function causes(error: unknown): readonly NetworkError[] {
  return error instanceof Error ? [error, error.cause].filter((one) => one instanceof Error) : [];
}
