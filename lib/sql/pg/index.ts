/**
 * `bulwark/sql` on PostgreSQL with node-postgres (`pg`), which stays your own dependency.
 *
 * @module
 */
export type { GuardOptions } from '../guard/guard-options.ts';
export { database, type PgOptions } from './database.ts';
export { forPg, type PgQuery } from './for-pg.ts';
export { guardPg } from './guard-pg.ts';
export type { PgClient, PgPool, PgPoolClient, PgQueryable, PgResult } from './pg-client.ts';
export type { PrepareOption } from './prepare.ts';
