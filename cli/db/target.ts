import { readFileSync } from 'node:fs';
import { shown } from '../egress/shown.ts';
import { DbMistake } from './mistake.ts';

/** Where and as whom to connect. Made of a URL by {@link readTarget}; the password is not enumerable. */
export interface Target {
  readonly dialect: 'postgres' | 'mariadb';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Undefined: in the clear, as the URL says. */
  readonly tls:
    | { readonly rejectUnauthorized: boolean; readonly ca?: string; readonly anyName?: true }
    | undefined;
  readonly password: string | undefined;
}

const dialects: Readonly<Record<string, Target['dialect']>> = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mysql:': 'mariadb',
  'mariadb:': 'mariadb',
};

const known = ['sslmode', 'ssl-mode', 'sslrootcert', 'ssl-ca', 'host'];

/**
 * `postgres://shop_rw@db.example.com/shop`, `mysql://...`. TLS is verified, chain and name, unless `sslmode` says
 * `verify-ca`, `require` (any certificate) or `disable`; `sslrootcert` is the file of the CA. The password comes from
 * the file, the URL, or PGPASSWORD and MYSQL_PWD.
 */
export function readTarget(option: string, text: string, filePassword?: string): Target {
  const url = parsed(option, text);
  const dialect = dialects[url.protocol];
  if (dialect === undefined) throw badUrl(option, 'does not start with postgres://, mysql:// or mariadb://');
  const unknown = [...url.searchParams.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw badUrl(option, `has the unknown parameter ${shown(unknown)}`);
  const socket = url.searchParams.get('host') ?? undefined;
  if (socket !== undefined && !socket.startsWith('/'))
    throw badUrl(option, 'has a host that is not a socket path');
  const user = decoded(option, url.username);
  const database = decoded(option, url.pathname.slice(1));
  if (user === '') throw badUrl(option, "names no user; the checks are about the application's role");
  if (database === '') throw badUrl(option, 'names no database');
  if (/\0/.test(user + database)) throw badUrl(option, 'holds a null byte');
  const inUrl = url.password === '' ? undefined : decoded(option, url.password);
  if (inUrl !== undefined && filePassword !== undefined)
    throw badUrl(option, 'has a password, and so has a file');
  const environment = process.env[dialect === 'postgres' ? 'PGPASSWORD' : 'MYSQL_PWD'];
  const target = {
    dialect,
    host: socket ?? (url.hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost'),
    port: Number(url.port) || (dialect === 'postgres' ? 5432 : 3306),
    user,
    database,
    tls: socket === undefined ? tlsOf(option, url.searchParams) : undefined,
  };
  // Not enumerable: no log of the object shows it.
  return Object.defineProperty(target, 'password', { value: filePassword ?? inUrl ?? environment }) as Target;
}

function parsed(option: string, text: string): URL {
  try {
    return new URL(text);
  } catch {
    // The text is not shown: it may contain a password, and without parsing it is unclear where.
    throw badUrl(option, 'cannot be parsed');
  }
}

function decoded(option: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badUrl(option, 'has a % without two hexadecimal digits after it');
  }
}

function tlsOf(option: string, parameters: URLSearchParams): Target['tls'] {
  const mode = (parameters.get('sslmode') ?? parameters.get('ssl-mode') ?? 'verify-full').toLowerCase();
  const file = parameters.get('sslrootcert') ?? parameters.get('ssl-ca');
  const ca = file === null ? {} : { ca: certificate(option, file) };
  switch (mode) {
    case 'verify-full':
    case 'verify_identity':
      return { rejectUnauthorized: true, ...ca };
    case 'verify-ca':
    case 'verify_ca':
      return { rejectUnauthorized: true, anyName: true, ...ca };
    case 'require':
    case 'required':
      return { rejectUnauthorized: false };
    case 'disable':
    case 'disabled':
      return undefined;
  }
  throw badUrl(
    option,
    `has the sslmode ${shown(mode)}, which is not verify-full, verify-ca, require or disable`,
  );
}

function certificate(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw badUrl(option, `names the certificate ${shown(file)}, which cannot be read (${code})`);
  }
}

function badUrl(option: string, what: string): DbMistake {
  return new DbMistake(
    'db/url',
    `${option} ${what}.`,
    'It decides which role connects, and how the server is verified.',
    'Use a URL such as postgres://shop_rw@db.example.com:5432/shop or mysql://shop_rw@db.example.com/shop. Percent-encode @ : / ? # % in its parts (%40 for @).',
  );
}
