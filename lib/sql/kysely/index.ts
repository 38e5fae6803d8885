/**
 * `bulwark/sql` beside Kysely.
 *
 * @module
 */
export type { GuardOptions, MysqlGuardOptions } from '../guard/guard-options.ts';
export { forKysely, type KyselyClient, type KyselyQuery } from './for-kysely.ts';
export { bulwarkPlugin, type GuardPlugin } from './guard-plugin.ts';
export { tableOf } from './schema.ts';
