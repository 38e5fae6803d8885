import { refusalOf } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import type { Refusal } from '../refusal/refusal.ts';

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
   * @throws Refusal `password/busy` where the queue is full, or where the wait became twice what it should be; the signal's reason where it is aborted before the work
   * begins, which frees the place
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

interface Waiting {
  readonly since: number;
  begin(): void;
  refuse(): void;
}

const firstGuessMs = 20;
/** The wait is estimated from so many. The slowest two don't count: they are pauses of the machine more often than not. */
const samples = 16;
const outliers = 2;
const mostRetrySeconds = 60;
/** Those who come back arrive a little faster than they are served, so that no core waits for them. The half-empty queue takes them. */
const spacing = 0.85;

export function workQueue({ maxConcurrent, maxWaiting, maxWaitMs }: QueueLimits): WorkQueue {
  const waiting = new Set<Waiting>();
  let running = 0;
  const durations: number[] = [];
  /** How long one takes. */
  let typicalMs = firstGuessMs;
  /** Until when places are promised to clients that were refused with a time to retry. */
  let promisedUntil = 0;

  function isFull(): boolean {
    if (running < maxConcurrent && waiting.size === 0) return false;
    return waiting.size >= maxWaiting || (waiting.size * typicalMs) / maxConcurrent >= maxWaitMs;
  }

  function busy(): Refusal<'password/busy'> {
    const now = performance.now();
    const stepMs = typicalMs / maxConcurrent;
    const waitMs = waiting.size * stepMs;
    // When half of the queue has drained there is room, and the cores are still busy. Each is promised a place of their own.
    promisedUntil = Math.max(promisedUntil, now + waitMs / 2) + stepMs * spacing;
    const seconds = Math.ceil((promisedUntil - now) / 1_000);
    const retryAfterSeconds = Math.min(mostRetrySeconds, Math.max(1, seconds));
    promisedUntil = Math.min(promisedUntil, now + mostRetrySeconds * 1_000);
    return refusalOf(deny('password/busy', { retryAfterSeconds }));
  }

  function learn(ms: number): void {
    durations.push(ms);
    if (durations.length > samples) durations.shift();
    const usual = [...durations].sort((a, b) => a - b).slice(0, Math.max(1, durations.length - outliers));
    typicalMs = usual.reduce((sum, one) => sum + one, 0) / usual.length;
  }

  function next(): void {
    for (const first of waiting) {
      if (running >= maxConcurrent) return;
      waiting.delete(first);
      // The estimate was wrong. Who has waited so long has given up, or is about to.
      if (performance.now() - first.since > 2 * maxWaitMs) first.refuse();
      else first.begin();
    }
  }

  function turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const place: Waiting = {
        since: performance.now(),
        begin() {
          signal?.removeEventListener('abort', leave);
          running += 1;
          resolve();
        },
        refuse() {
          signal?.removeEventListener('abort', leave);
          reject(busy());
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
      if (isFull()) throw busy();
      await turn(signal);
      const started = performance.now();
      try {
        return await work();
      } finally {
        learn(performance.now() - started);
        running -= 1;
        next();
      }
    },
  };
}
