import { isIP } from 'node:net';
import { inspect } from 'node:util';
import { Misuse } from '../../refusal/misuse.ts';
import { type ConnectionSettings, hiddenOf } from './connection-settings.ts';
import type { TlsOptions } from './tls-options.ts';

/** What `createPool` and `createConnection` of mysql2 take. */
export interface Mysql2ConnectionOptions {
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  readonly ssl?: TlsOptions & { readonly verifyIdentity: boolean };
  /** Every character, and no encoding in which a quote can be the second half of a character. */
  readonly charset: 'UTF8MB4_UNICODE_CI';
  readonly multipleStatements: false;
  /** The server cannot ask for files of this machine. */
  readonly flags: string[];
  /** Integers beyond 2^53 come as strings, instead of other numbers. */
  readonly supportBigNumbers: true;
}

/**
 * Settings as mysql2 takes them. Over TLS the host is a name: mysql2 cannot check the certificate of an address, and
 * would check it for `localhost`.
 *
 * The object shows no password to logs. A copy of it, as `{ ...options }` makes one, does.
 *
 * @example
 * ```ts
 * import { connectionSettings, mysql2Options } from 'bulwark/sql/connection';
 * import mysql from 'mysql2/promise';
 *
 * const settings = connectionSettings({ env: 'DATABASE_URL', passwordFile: '/run/secrets/database-password' });
 * mysql.createPool({ ...mysql2Options(settings), connectionLimit: 20 });
 * ```
 */
export function mysql2Options(settings: ConnectionSettings): Mysql2ConnectionOptions {
  const { password, tls } = hiddenOf(settings, 'mysql');
  const { host, port, database, user } = settings;
  if (tls !== false && tls.rejectUnauthorized && isIP(host) !== 0) {
    throw new Misuse(
      'sql/connection-settings',
      'mysql2 cannot verify the certificate of an address: use a name.',
    );
  }
  const options = {
    ...(host.startsWith('/') ? { socketPath: host } : { host, port }),
    ...{ database, user },
    ...(tls !== false && { ssl: { ...tls, verifyIdentity: tls.rejectUnauthorized } }),
    ...{ charset: 'UTF8MB4_UNICODE_CI', multipleStatements: false, flags: ['-LOCAL_FILES'] },
    supportBigNumbers: true,
  } as const;
  if (password === undefined) return options as Mysql2ConnectionOptions;
  const shown = () => ({ ...options, password: '[hidden]' });
  // mysql2 takes no function for it.
  return Object.defineProperties(
    { ...options } as unknown as Mysql2ConnectionOptions,
    {
      password: { __proto__: null, get: () => password, enumerable: true },
      toJSON: { __proto__: null, value: shown },
      [inspect.custom]: { __proto__: null, value: shown },
    } as PropertyDescriptorMap,
  );
}
