/**
 * `bulwark/sql` beside Drizzle.
 *
 * @module
 */
export { type DrizzleColumns, type DrizzleTable, fromDrizzle } from './schema.ts';
