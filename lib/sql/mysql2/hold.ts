import { inTime } from '../database/in-time.ts';
import type { Limits } from '../database/limits.ts';
import type { CoreConnection, CorePool } from './mysql2-client.ts';

/** A connection of the pool, for which nobody waits longer than the limits say. One that comes later is given back. */
export function holdOf(pool: CorePool, limits: Limits): Promise<CoreConnection> {
  return inTime(
    limits,
    () =>
      new Promise<CoreConnection>((resolve, reject) => {
        pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
      }),
    (connection) => connection.release?.(),
  );
}
