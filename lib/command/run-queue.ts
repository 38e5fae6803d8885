import { refusalOf } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import type { Refusal } from '../refusal/refusal.ts';

export interface QueueLimits {
  readonly maxConcurrent: number;
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
}

export interface RunQueue {
  /**
   * Runs work in turn, first come, first served.
   *
   * @throws Refusal `command/busy`; the signal's reason if it is aborted before the work starts
   */
  run<T>(program: string, work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
}

export function runQueue({ maxConcurrent, maxWaiting, maxWaitMs }: QueueLimits): RunQueue {
  const waiting = new Set<() => void>();
  let running = 0;

  function busy(program: string): Refusal<'command/busy'> {
    return refusalOf(deny('command/busy', { program, retryAfterSeconds: Math.ceil(maxWaitMs / 1_000) }));
  }

  /** Resolves in the async context of the waiting request, not of the one whose program has ended. */
  function turn(program: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (error: unknown): void => {
        waiting.delete(begin);
        stopWaiting();
        reject(error);
      };
      const timer = setTimeout(() => leave(busy(program)), maxWaitMs);
      const onAbort = (): void => leave(signal?.reason);
      const stopWaiting = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const begin = (): void => {
        stopWaiting();
        running++;
        resolve();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.add(begin);
    });
  }

  function next(): void {
    for (const begin of waiting) {
      if (running >= maxConcurrent) return;
      waiting.delete(begin);
      begin();
    }
  }

  return {
    async run(program, work, signal) {
      signal?.throwIfAborted();
      if (running < maxConcurrent && waiting.size === 0) running++;
      else if (waiting.size >= maxWaiting) throw busy(program);
      else await turn(program, signal);
      try {
        return await work();
      } finally {
        running--;
        next();
      }
    },
  };
}
