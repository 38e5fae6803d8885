/**
 * `bulwark/sql` on PostgreSQL with postgres.js (`postgres`), which stays your own dependency.
 *
 * @module
 */
export { database, type PostgresOptions } from './database.ts';
export { forPostgres, type PostgresArguments } from './for-postgres.ts';
export type { PostgresPool, PostgresQueryable, PostgresReserved } from './postgres-client.ts';
