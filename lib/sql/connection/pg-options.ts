import { type ConnectionSettings, hiddenOf } from './connection-settings.ts';
import type { TlsOptions } from './tls-options.ts';

/** Options for pg's `Pool` and `Client`. */
export interface PgConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** A function, because pg accepts one, and logs don't show what it returns. */
  readonly password?: () => string;
  readonly ssl: TlsOptions | false;
  readonly options?: string;
  readonly application_name?: string;
}

/**
 * Converts settings for pg. Read-only mode and the timeout are start-up options, which PgBouncer accepts only if its
 * `ignore_startup_parameters` lists them.
 *
 * @example
 * ```ts
 * import { connectionSettings, pgOptions } from 'bulwark/sql/connection';
 * import pg from 'pg';
 *
 * const settings = connectionSettings({ env: 'DATABASE_URL', readOnly: true });
 * new pg.Pool({ ...pgOptions(settings), max: 20 });
 * ```
 */
export function pgOptions(settings: ConnectionSettings): PgConnectionOptions {
  const { password, tls, applicationName, session } = hiddenOf(settings, 'postgres');
  const { host, port, database, user } = settings;
  const flags = Object.entries(session).map(([name, value]) => `-c ${name}=${value}`);
  return {
    ...{ host, port, database, user, ssl: tls },
    ...(password !== undefined && { password: () => password }),
    ...(flags.length > 0 && { options: flags.join(' ') }),
    ...(applicationName !== undefined && { application_name: applicationName }),
  };
}
