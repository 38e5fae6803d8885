import { TimedOut } from './limited.ts';
import type { Limits } from './limits.ts';

/**
 * What `start` gives, for which nobody waits longer than the limits say: then it is rejected with the signal's reason,
 * or `TimedOut`, and what comes later is handed to `late`. What was started goes on: `limited` ends statements.
 */
export async function inTime<T>(
  { signal, deadline }: Limits,
  start: () => Promise<T>,
  late: (value: T) => void = () => undefined,
): Promise<T> {
  if (signal === undefined && deadline === undefined) return start();
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const limit = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (deadline !== undefined) {
      timer = setTimeout(() => reject(new TimedOut()), Math.max(0, deadline - performance.now()));
    }
  });
  const coming = start();
  try {
    return await Promise.race([coming, limit]);
  } catch (error) {
    coming.then(late, () => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
