/**
 * `bulwark/sql` on node:sqlite.
 *
 * @module
 */

export type { Integers, SqliteOptions } from '../sqlite/sqlite-integers.ts';
export { database } from './database.ts';
export type { NodeSqliteConnection, NodeSqliteStatement } from './node-sqlite-engine.ts';
