/**
 * How an application finds its database: a URL from the environment or from a file, checked, over TLS that is verified,
 * with a password that no log ever shows.
 *
 * @module
 */
export {
  type ConnectionOptions,
  type ConnectionSettings,
  connectionSettings,
} from './connection-settings.ts';
export { type Mysql2ConnectionOptions, mysql2Options } from './mysql2-options.ts';
export { type PgConnectionOptions, pgOptions } from './pg-options.ts';
export { type PostgresConnectionOptions, postgresOptions } from './postgres-options.ts';
export type { TlsOptions } from './tls-options.ts';
