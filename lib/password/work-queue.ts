import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';

export interface QueueLimits {
  /** How many run at once. */
  readonly maxConcurrent: number;
  /** How many wait: a bound of memory. */
  readonly maxWaiting: number;
  /** How long the last one in the queue would wait. */
  readonly maxWaitMs: number;
}

/** Runs work that takes a core each, first come, first served. */
export interface WorkQueue {
  /**
   * @throws Refusal `password/busy` where the queue is full; the signal's reason where it is aborted before the work
   * begins, which frees the place
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

interface Waiting {
  begin(): void;
}

const firstGuessMs = 20;
const mostRetrySeconds = 60;
/** Those who come back arrive a little faster than they are served, so that no core waits for them. The half-empty queue takes them. */
const spacing = 0.7;

export function workQueue({ maxConcurrent, maxWaiting, maxWaitMs }: QueueLimits): WorkQueue {
  const waiting = new Set<Waiting>();
  let running = 0;
  /** A moving average of how long one takes. */
  let typicalMs = firstGuessMs;
  /** Until when the places are promised to those who were told to come back. */
  let promisedUntil = 0;

  function admit(): void {
    if (running < maxConcurrent && waiting.size === 0) return;
    const now = performance.now();
    const stepMs = typicalMs / maxConcurrent;
    const waitMs = waiting.size * stepMs;
    if (waiting.size < maxWaiting && waitMs < maxWaitMs) return;
    // When half of the queue has drained there is room, and the cores are still busy. Each is promised a place of their own.
    promisedUntil = Math.max(promisedUntil, now + waitMs / 2) + stepMs * spacing;
    const seconds = Math.ceil((promisedUntil - now) / 1_000);
    const retryAfterSeconds = Math.min(mostRetrySeconds, Math.max(1, seconds));
    promisedUntil = Math.min(promisedUntil, now + mostRetrySeconds * 1_000);
    refuse(deny('password/busy', { retryAfterSeconds }));
  }

  function next(): void {
    const [first] = waiting;
    if (first === undefined || running >= maxConcurrent) return;
    waiting.delete(first);
    first.begin();
  }

  function turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const place: Waiting = {
        begin() {
          signal?.removeEventListener('abort', leave);
          running += 1;
          resolve();
        },
      };
      const leave = (): void => {
        waiting.delete(place);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.add(place);
      next();
    });
  }

  return {
    async run(work, signal) {
      signal?.throwIfAborted();
      admit();
      await turn(signal);
      const started = performance.now();
      try {
        return await work();
      } finally {
        typicalMs += (performance.now() - started - typicalMs) / 10;
        running -= 1;
        next();
      }
    },
  };
}
