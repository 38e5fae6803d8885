import { inTime } from '../database/in-time.ts';
import type { Limits } from '../database/limits.ts';
import type { PostgresPool } from './postgres-client.ts';
import { type Reserved, reserve } from './reserve.ts';

/** A connection of the pool, for which nobody waits longer than the limits say. One that comes later is given back. */
export function holdOf(pool: PostgresPool, shared: boolean, limits: Limits): Promise<Reserved> {
  return inTime(
    limits,
    () => reserve(pool, shared),
    (reserved) => reserved.release(false),
  );
}
