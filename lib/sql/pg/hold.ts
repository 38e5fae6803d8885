import { inTime } from '../database/in-time.ts';
import type { Limits } from '../database/limits.ts';
import type { PgPool, PgPoolClient } from './pg-client.ts';

/** A connection of the pool, for which nobody waits longer than the limits say. One that comes later is given back. */
export function holdOf(pool: PgPool, limits: Limits): Promise<PgPoolClient> {
  return inTime(
    limits,
    () => pool.connect(),
    (client) => client.release(),
  );
}
