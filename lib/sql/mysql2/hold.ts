import { TimedOut } from '../database/limited.ts';
import type { Limits } from '../database/limits.ts';
import type { CoreConnection, CorePool } from './mysql2-client.ts';

/** A connection of the pool, for which nobody waits longer than the limits say. One that comes later is given back. */
export function holdOf(pool: CorePool, { signal, deadline }: Limits): Promise<CoreConnection> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    let over = false;
    const end = (): void => {
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const leave = (reason: unknown): void => {
      end();
      reject(reason);
    };
    const onAbort = (): void => leave(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer =
      deadline === undefined
        ? undefined
        : setTimeout(() => leave(new TimedOut()), Math.max(0, deadline - performance.now()));
    pool.getConnection((error, connection) => {
      if (over) {
        if (!error) connection.release?.();
      } else if (error) leave(error);
      else {
        end();
        resolve(connection);
      }
    });
  });
}
