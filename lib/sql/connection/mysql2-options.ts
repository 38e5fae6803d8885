import { isIP } from 'node:net';
import { inspect } from 'node:util';
import { Misuse } from '../../refusal/misuse.ts';
import { type ConnectionSettings, hiddenOf } from './connection-settings.ts';
import type { TlsOptions } from './tls-options.ts';

/** Options for mysql2's `createPool` and `createConnection`. */
export interface Mysql2ConnectionOptions {
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  readonly ssl?: TlsOptions & { readonly verifyIdentity: boolean };
  /** Covers every character, and is no encoding in which a quote can be the second byte of a character. */
  readonly charset: 'UTF8MB4_UNICODE_CI';
  readonly multipleStatements: false;
  /** Stops the server from requesting files of this machine. */
  readonly flags: string[];
  /** Integers beyond 2^53 are returned as strings instead of being rounded. */
  readonly supportBigNumbers: true;
}

/**
 * Converts settings for mysql2. Over TLS, the host must be a name: mysql2 can't check a certificate for an address, and
 * would check it for `localhost` instead.
 *
 * Logs of the object don't show the password. Logs of a copy, such as `{ ...options }`, do.
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
