/**
 * Sessions in SQLite.
 *
 * @module
 */
export type { SqliteConnection, SqliteStatement } from './sqlite-records.ts';
export { type SqliteStore, type SqliteStoreOptions, sqliteStore } from './sqlite-store.ts';
