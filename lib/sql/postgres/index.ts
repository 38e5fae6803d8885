/**
 * `bulwark/sql` on PostgreSQL with postgres.js (`postgres`), which stays your own dependency.
 *
 * @module
 */
export type { GuardOptions } from '../guard/guard-options.ts';
export { database, type PostgresOptions } from './database.ts';
export { forPostgres, type PostgresArguments } from './for-postgres.ts';
export { guardPostgres } from './guard-postgres.ts';
export type { PostgresPool, PostgresQueryable, PostgresReserved } from './postgres-client.ts';
