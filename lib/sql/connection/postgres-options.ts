import { isIP } from 'node:net';
import { type ConnectionSettings, hiddenOf } from './connection-settings.ts';
import type { TlsOptions } from './tls-options.ts';

/** Options for `postgres(...)` of postgres.js. */
export interface PostgresConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** A function, because postgres.js accepts one, and logs don't show what it returns. */
  readonly password?: () => string;
  readonly ssl: (TlsOptions & { readonly host?: string }) | false;
  /** Session settings. */
  readonly connection: Readonly<Record<string, string>>;
}

/**
 * Converts settings for postgres.js.
 *
 * @example
 * ```ts
 * import { connectionSettings, postgresOptions } from 'bulwark/sql/connection';
 * import postgres from 'postgres';
 *
 * const settings = connectionSettings({ env: 'DATABASE_URL', statementTimeoutMs: 30_000 });
 * postgres({ ...postgresOptions(settings), max: 20 });
 * ```
 */
export function postgresOptions(settings: ConnectionSettings): PostgresConnectionOptions {
  const { password, tls, applicationName, session } = hiddenOf(settings, 'postgres');
  const { host, port, database, user } = settings;
  // Without a server name postgres.js 3.4 has the certificate of an address checked for `localhost`.
  const ssl = tls !== false && isIP(host) !== 0 ? { ...tls, host } : tls;
  // A string it would split at the colons of an IPv6 address. Its types know no lists.
  const address = (host.includes(':') ? { host: [host], port: [port] } : { host, port }) as {
    host: string;
    port: number;
  };
  return {
    ...{ ...address, database, user, ssl },
    ...(password !== undefined && { password: () => password }),
    connection: { ...session, ...(applicationName !== undefined && { application_name: applicationName }) },
  };
}
