import { TimedOut } from '../database/limited.ts';
import type { Limits } from '../database/limits.ts';
import type { PostgresPool, PostgresReserved } from './postgres-client.ts';

/** A connection of the pool, for which nobody waits longer than the limits say. One that comes later is given back. */
export async function holdOf(pool: PostgresPool, { signal, deadline }: Limits): Promise<PostgresReserved> {
  if (signal === undefined && deadline === undefined) return pool.reserve();
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
  const coming = pool.reserve();
  try {
    return await Promise.race([coming, limit]);
  } catch (error) {
    coming.then(
      (reserved) => reserved.release(),
      () => undefined,
    );
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
