/**
 * `bulwark/sql` beside Knex, which stays your own dependency.
 *
 * @module
 */
export type { GuardOptions, MysqlGuardOptions } from '../guard/guard-options.ts';
export { guardKnex } from './guard-knex.ts';
