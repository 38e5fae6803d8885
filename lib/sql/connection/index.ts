/**
 * Connection settings for an application's database: a checked URL from the environment or a file, verified TLS,
 * and a password that appears in no log.
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
