/**
 * `bulwark/sql` on PGlite, the PostgreSQL that runs inside the process, for tests and demonstrations.
 *
 * @module
 */
export { database, type PgliteQueryable } from './database.ts';
