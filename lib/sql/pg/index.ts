/**
 * `bulwark/sql` on PostgreSQL with node-postgres (`pg`), which stays your own dependency.
 *
 * @module
 */
export { database, type PgQueryable } from './database.ts';
export { forPg, type PgQuery } from './for-pg.ts';
