/**
 * `bulwark/sql` beside Kysely.
 *
 * @module
 */
export { tableOf } from './schema.ts';
