/**
 * Sessions in PostgreSQL.
 *
 * @module
 */
export { type PgClient, type PgResult, type PgStore, type PgStoreOptions, pgStore } from './pg-store.ts';
export { sessionTable } from './session-table.ts';
