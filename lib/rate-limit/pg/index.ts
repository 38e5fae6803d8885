/**
 * Counters of rate limits in PostgreSQL.
 *
 * @module
 */
export { type PostgresPool, type PostgresStoreOptions, postgresStore } from './postgres-store.ts';
