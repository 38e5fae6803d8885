/**
 * `bulwark/sql` on MySQL and MariaDB with `mysql2`, which stays your own dependency.
 *
 * @module
 */
export type { GuardOptions, MysqlGuardOptions } from '../guard/guard-options.ts';
export { database, type Mysql2Options } from './database.ts';
export { forMysql2, type Mysql2Query } from './for-mysql2.ts';
export { guardMysql2 } from './guard-mysql2.ts';
export type { Mysql2Connection, Mysql2Pool } from './mysql2-client.ts';
export type { PrepareOption } from './mysql2-session.ts';
