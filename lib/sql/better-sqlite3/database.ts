import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import { sqliteDriverOf } from '../sqlite-driver.ts';
import { integersOf, type SqliteOptions } from '../sqlite-integers.ts';
import { type BetterSqlite3Connection, betterSqlite3Engine } from './better-sqlite3-engine.ts';

/**
 * Statements of the `sql` tag on a connection of better-sqlite3, compiled once for each place in the code.
 *
 * There is one connection: statements wait for a transaction that is open, and run in the order of asking. better-sqlite3
 * is synchronous, so that a statement that runs cannot be ended; `signal` and `timeoutMs` hold for the waiting, and
 * between the batches of a stream. A stream's rows are copied to a temporary table first, and hold up nobody.
 *
 * Where another connection holds the file's lock, the connection's busy timeout (`timeout`) stops the whole process for as
 * long: keep it short, and use `journal_mode = wal`. Its end is a `DatabaseError` of the kind `lock-timeout`.
 *
 * Booleans are bound as 1 and 0, dates as ISO 8601 text in UTC, whole numbers as INTEGER. A `bigint` of more than 64
 * bits and a date outside the years 0 to 9999 are Refusals `sql/invalid-value`.
 *
 * @example
 * ```ts
 * import BetterSqlite3 from 'better-sqlite3';
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/better-sqlite3';
 *
 * const db = database(new BetterSqlite3('shop.db'));
 * await db.all<{ name: string }>(sql`select name from users where id in (${1}, ${2})`);
 * // [{ name: 'Ann' }, { name: 'Bob' }]
 * ```
 */
export function database(connection: BetterSqlite3Connection, options: SqliteOptions = {}): Database {
  return createDatabase(
    sqliteDriverOf(connection, integersOf(options), () => betterSqlite3Engine(connection)),
  );
}
