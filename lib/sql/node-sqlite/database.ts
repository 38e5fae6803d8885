import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import { sqliteDriverOf } from '../sqlite/sqlite-driver.ts';
import { integersOf, type SqliteOptions } from '../sqlite/sqlite-integers.ts';
import { type NodeSqliteConnection, nodeSqliteEngine } from './node-sqlite-engine.ts';

/**
 * Runs statements of the `sql` tag on a `DatabaseSync` of node:sqlite (Node 22.16 or later). Each is compiled once for each place in
 * the code.
 *
 * There is one connection, so statements wait for an open transaction, and run in the order in which they were called. node:sqlite is
 * synchronous, so a running statement can't be stopped: `signal` and `timeoutMs` apply while it waits, and between
 * the batches of a stream. A stream's rows are first copied to a temporary table, so it blocks nobody.
 *
 * While another connection holds the file's lock, the whole process waits for up to the connection's busy timeout (`timeout`):
 * keep it short, and use `journal_mode = wal`. After the timeout, it is a `DatabaseError` of the kind `lock-timeout`.
 *
 * Booleans are bound as 1 and 0, dates as ISO 8601 text in UTC, whole numbers as INTEGER. A `bigint` of more than 64
 * bits and a date outside the years 0 to 9999 are Refusals `sql/invalid-value`.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { database, type NodeSqliteConnection } from 'bulwark/sql/node-sqlite';
 *
 * declare const connection: NodeSqliteConnection; // new DatabaseSync('shop.db')
 * const db = database(connection);
 * await db.all<{ name: string }>(sql`select name from users where id in (${1}, ${2})`);
 * // [{ name: 'Ann' }, { name: 'Bob' }]
 * ```
 */
export function database(connection: NodeSqliteConnection, options: SqliteOptions = {}): Database {
  return createDatabase(sqliteDriverOf(connection, integersOf(options), () => nodeSqliteEngine(connection)));
}
