import { TimedOut } from './limited.ts';
import type { Limits } from './limits.ts';

/** For a database with one connection: one transaction or statement at a time, in the order of asking. */
export interface Lock {
  /** Resolves when it is the caller's turn, with what gives it back. Rejected where the limits end the waiting. */
  acquire(limits: Limits): Promise<() => void>;
}

export function createLock(): Lock {
  let held = false;
  const waiting: (() => void)[] = [];

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else held = false;
  }

  function once(): () => void {
    let given = false;
    return () => {
      if (!given) release();
      given = true;
    };
  }

  return {
    async acquire({ signal, deadline }) {
      signal?.throwIfAborted();
      if (!held) {
        held = true;
        return once();
      }
      await new Promise<void>((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined;
        const leave = (reason: unknown): void => {
          const at = waiting.indexOf(go);
          if (at !== -1) waiting.splice(at, 1);
          settle();
          reject(reason);
        };
        const onAbort = (): void => leave(signal?.reason);
        const settle = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
        };
        const go = (): void => {
          settle();
          resolve();
        };
        waiting.push(go);
        signal?.addEventListener('abort', onAbort, { once: true });
        if (deadline !== undefined) {
          timer = setTimeout(() => leave(new TimedOut()), Math.max(0, deadline - performance.now()));
        }
      });
      return once();
    },
  };
}
