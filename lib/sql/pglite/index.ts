/**
 * `bulwark/sql` on PGlite, the PostgreSQL that runs inside the process, for tests and demonstrations.
 *
 * @module
 */
export { database } from './database.ts';
export type { PgliteQueryable } from './pglite-client.ts';
