import { TimedOut } from '../database/limited.ts';
import type { Limits } from '../database/limits.ts';
import type { PostgresPool } from './postgres-client.ts';
import { type Reserved, reserve } from './reserve.ts';

/** A connection of the pool, for which nobody waits longer than the limits say. One that comes later is given back. */
export async function holdOf(
  pool: PostgresPool,
  shared: boolean,
  { signal, deadline }: Limits,
): Promise<Reserved> {
  if (signal === undefined && deadline === undefined) return reserve(pool, shared);
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
  const coming = reserve(pool, shared);
  try {
    return await Promise.race([coming, limit]);
  } catch (error) {
    coming.then(
      (reserved) => reserved.release(false),
      () => undefined,
    );
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
