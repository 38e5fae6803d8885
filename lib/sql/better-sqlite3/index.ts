/**
 * `bulwark/sql` on better-sqlite3.
 *
 * @module
 */

export type { Integers, SqliteOptions } from '../sqlite/sqlite-integers.ts';
export type { BetterSqlite3Connection, BetterSqlite3Statement } from './better-sqlite3-engine.ts';
export { database } from './database.ts';
