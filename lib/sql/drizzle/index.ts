/**
 * `bulwark/sql` beside Drizzle.
 *
 * @module
 */
export type { GuardOptions, MysqlGuardOptions } from '../guard/guard-options.ts';
export { type DrizzleDatabase, forDrizzle } from './for-drizzle.ts';
export { bulwarkLogger, type GuardLogger } from './guard-logger.ts';
export { type DrizzleColumns, type DrizzleTable, fromDrizzle } from './schema.ts';
