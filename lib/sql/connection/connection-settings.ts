import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type ConnectionUrl, readConnectionUrl } from './read-connection-url.ts';
import { readSecretFile, readVariable } from './read-secret.ts';
import { type TlsMode, type TlsOptions, tlsModeOf, tlsOptionsOf } from './tls-options.ts';

/** Give exactly one of `env`, `file` and `url`. */
export interface ConnectionOptions {
  /** The name of the environment variable that holds the URL, such as `DATABASE_URL`. */
  readonly env?: string;
  /** The path of the file that holds the URL, such as `/run/secrets/database-url`. */
  readonly file?: string;
  /** The URL itself, if it comes from elsewhere. */
  readonly url?: string;
  /** The name of the environment variable that holds the password, if the URL has none. */
  readonly passwordEnv?: string;
  /** The path of the file that holds the password, if the URL has none. */
  readonly passwordFile?: string;
  /** The path of a PEM file with the trusted CA certificates, which replace Node's. */
  readonly caFile?: string;
  /** Allows connections to another machine without TLS, or without verification. Without `sslmode`, TLS is then off. */
  readonly allowPlaintext?: boolean;
  /** PostgreSQL only: transactions are read-only unless they say otherwise. Only the role's rights are a real limit. */
  readonly readOnly?: boolean;
  /** PostgreSQL only: the server ends a statement after this many milliseconds, unless the session changes it. */
  readonly statementTimeoutMs?: number;
}

/** The settings without the password: safe to log. */
export interface ConnectionSettings {
  readonly dialect: 'postgres' | 'mysql';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: TlsMode;
}

/** What the clients are told besides. */
export interface Hidden {
  readonly password: string | undefined;
  readonly tls: TlsOptions | false;
  readonly applicationName: string | undefined;
  /** Settings of the session, by the server's names. */
  readonly session: Readonly<Record<string, string>>;
}

const hidden = new WeakMap<ConnectionSettings, Hidden>();

/**
 * Reads and checks the connection settings of a database. Call it once when the application starts.
 *
 * TLS is verified, both certificate and host name, unless the URL says `sslmode=disable` for a host on this machine, or
 * `allowPlaintext` is set. The password is in no error and not in the object, so neither `console.log` nor JSON shows it.
 *
 * Throws a `Misuse` that names the variable or file and the problem, but never its content.
 *
 * @example
 * ```ts
 * import { connectionSettings, pgOptions } from 'bulwark/sql/connection';
 * import { database } from 'bulwark/sql/pg';
 * import pg from 'pg';
 *
 * const settings = connectionSettings({ env: 'DATABASE_URL', caFile: '/etc/ssl/database-ca.pem' });
 * const db = database(new pg.Pool({ ...pgOptions(settings), max: 20 }));
 * console.log(settings); // { dialect: 'postgres', host: 'db.example.com', port: 5432, database: 'shop', user: 'app', ... }
 * ```
 */
export function connectionSettings(options: ConnectionOptions): ConnectionSettings {
  const own = knownOptions(options, [
    ...(['env', 'file', 'url', 'passwordEnv', 'passwordFile', 'caFile'] as const),
    ...(['allowPlaintext', 'readOnly', 'statementTimeoutMs'] as const),
  ]);
  const { text, source } = readSource(own.env, own.file, own.url);
  const url = readConnectionUrl(text, source);
  const tls = tlsModeOf(url, source, flag('allowPlaintext', own.allowPlaintext));
  const { dialect, host, port, database, user } = url;
  const settings = Object.freeze({ dialect, host, port, database, user, tls });
  hidden.set(settings, {
    password: readPassword(url, source, own.passwordEnv, own.passwordFile),
    tls: tlsOptionsOf(tls, readCa(own.caFile ?? url.parameters.get('sslrootcert'))),
    applicationName: url.parameters.get('application_name'),
    session: sessionOf(dialect, flag('readOnly', own.readOnly), own.statementTimeoutMs),
  });
  return settings;
}

/** What belongs to settings that were made here, for the client of that database. */
export function hiddenOf(settings: ConnectionSettings, dialect: ConnectionSettings['dialect']): Hidden {
  const found = hidden.get(settings);
  if (found !== undefined && settings.dialect === dialect) return found;
  throw new Misuse(
    'bulwark/invalid-option',
    `The first argument is what connectionSettings returned for a URL of ${dialect === 'mysql' ? 'mysql:' : 'postgres:'}.`,
  );
}

function readSource(env: unknown, file: unknown, url: unknown): { text: string; source: string } {
  if ([env, file, url].filter((given) => given !== undefined).length !== 1) {
    throw new Misuse('sql/connection-settings', 'Give exactly one of `env`, `file` and `url`.');
  }
  if (env !== undefined) return { text: readVariable('env', env), source: `The variable ${String(env)}` };
  if (file !== undefined) return { text: readSecretFile('file', file), source: `The file ${String(file)}` };
  if (typeof url === 'string') return { text: url, source: '`url`' };
  throw new Misuse('sql/connection-settings', '`url` takes a string.');
}

function readPassword(
  url: ConnectionUrl,
  source: string,
  variable: unknown,
  file: unknown,
): string | undefined {
  const given = [url.password === '' ? undefined : url.password, variable, file];
  if (given.filter((one) => one !== undefined).length > 1) {
    throw new Misuse('sql/connection-settings', `${source} and the options give more than one password.`);
  }
  if (variable !== undefined)
    return checked(readVariable('passwordEnv', variable), `The variable ${variable}`);
  if (file !== undefined) return checked(readSecretFile('passwordFile', file), `The file ${file}`);
  return url.password === '' ? undefined : url.password;
}

function checked(password: string, source: string): string {
  if (!/\p{Cc}/u.test(password)) return password;
  throw new Misuse('sql/connection-settings', `${source} holds a control character, or more than one line.`);
}

function readCa(file: string | undefined): string | undefined {
  if (file === undefined || file === 'system') return undefined;
  const pem = readSecretFile('caFile', file);
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  throw new Misuse('sql/connection-settings', `The file ${file} does not hold a PEM certificate.`);
}

function sessionOf(dialect: string, readOnly: boolean, timeoutMs: unknown): Record<string, string> {
  if (dialect === 'mysql' && (readOnly || timeoutMs !== undefined)) {
    throw new Misuse(
      'sql/connection-settings',
      '`readOnly` and `statementTimeoutMs` are for PostgreSQL: mysql2 sets nothing for a session.',
    );
  }
  const whole = timeoutMs === undefined || (Number.isSafeInteger(timeoutMs) && Number(timeoutMs) >= 1);
  if (!whole || Number(timeoutMs ?? 1) > 2 ** 31 - 1) {
    throw new Misuse('sql/connection-settings', '`statementTimeoutMs` takes a whole number from 1.');
  }
  return {
    ...(readOnly && { default_transaction_read_only: 'on' }),
    ...(timeoutMs !== undefined && { statement_timeout: String(timeoutMs) }),
  };
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw new Misuse('sql/connection-settings', `\`${name}\` is true or false.`);
}
