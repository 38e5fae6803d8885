/**
 * `bulwark/sql` beside Kysely.
 *
 * @module
 */
export type { GuardOptions, MysqlGuardOptions } from '../guard/guard-options.ts';
export { bulwarkPlugin, type GuardPlugin } from './guard-plugin.ts';
export { tableOf } from './schema.ts';
