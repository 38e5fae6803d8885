import { Misuse } from '../../refusal/misuse.ts';
import type { Mysql2Query } from './for-mysql2.ts';

/** A `Connection` or `PoolConnection` of mysql2, of its promises or its callbacks. */
export interface Mysql2Connection {
  execute(...args: never[]): unknown;
  query(...args: never[]): unknown;
}

/** A `Pool` of mysql2, of its promises or its callbacks. */
export interface Mysql2Pool {
  getConnection(...args: never[]): unknown;
}

type Callback<T> = (error: unknown, value: T, fields?: unknown) => void;

/** What runs a statement, and tells of its rows by events where it was given no callback. */
export interface Command {
  on(event: string, listener: (...args: never[]) => void): unknown;
  once(event: string, listener: (...args: never[]) => void): unknown;
}

/** The connection beneath the promises. */
export interface CoreConnection {
  readonly threadId: unknown;
  readonly config: object;
  execute(query: Mysql2Query, done?: Callback<unknown>): Command;
  query(query: Mysql2Query, done: Callback<unknown>): Command;
  unprepare(query: Mysql2Query): unknown;
  on(event: string, listener: (error: unknown) => void): unknown;
  off(event: string, listener: (error: unknown) => void): unknown;
  listenerCount(event: string): number;
  pause(): void;
  resume(): void;
  destroy(): void;
  /** A pool's has it. */
  release?(): void;
}

export interface CorePool {
  getConnection(done: Callback<CoreConnection>): void;
}

/** What mysql2's own classes wrap: its promises hide streams and events. */
export function coreOf(
  given: Mysql2Connection | Mysql2Pool,
): { pool: CorePool } | { connection: CoreConnection } {
  const wrapper = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  const inner =
    (Object.hasOwn(wrapper, 'pool') && wrapper['pool']) ||
    (Object.hasOwn(wrapper, 'connection') && wrapper['connection']);
  const core = (inner || wrapper) as Partial<CorePool & CoreConnection>;
  if (typeof core.getConnection === 'function') return { pool: core as CorePool };
  if (typeof core.execute === 'function' && typeof core.unprepare === 'function') {
    return { connection: core as CoreConnection };
  }
  throw new Misuse('bulwark/invalid-option', 'The first argument is a pool or a connection of mysql2.');
}
