/**
 * `bulwark/sql` beside Knex, which stays your own dependency.
 *
 * @module
 */
export type { GuardOptions, MysqlGuardOptions } from '../guard/guard-options.ts';
export { forKnex, type KnexArguments, type KnexClient } from './for-knex.ts';
export { guardKnex } from './guard-knex.ts';
