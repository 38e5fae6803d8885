import { isIP } from 'node:net';
import { Misuse } from '../../refusal/misuse.ts';

/** A URL's parts, decoded. */
export interface ConnectionUrl {
  readonly dialect: 'postgres' | 'mysql';
  /** A name, an address without brackets, or the path of a unix socket (for PostgreSQL, of its folder). */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const schemes: Readonly<Record<string, { dialect: ConnectionUrl['dialect']; port: number }>> = {
  'postgres:': { dialect: 'postgres', port: 5432 },
  'postgresql:': { dialect: 'postgres', port: 5432 },
  'mysql:': { dialect: 'mysql', port: 3306 },
  'mariadb:': { dialect: 'mysql', port: 3306 },
};

const known = {
  postgres: ['sslmode', 'sslrootcert', 'application_name'],
  mysql: ['sslmode', 'ssl-mode', 'sslrootcert'],
} as const;

/** Reads a URL. `source` is how errors name it; they never hold a part of it. */
export function readConnectionUrl(text: string, source: string): ConnectionUrl {
  const wrong = (what: string): Misuse => new Misuse('sql/connection-settings', `${source} ${what}`);
  // URL would drop line breaks and tabs in silence.
  if (/[\s\p{Cc}]/u.test(text)) throw wrong('holds white space or a control character.');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url && Object.hasOwn(schemes, url.protocol) ? schemes[url.protocol] : undefined;
  if (url === undefined || scheme === undefined) {
    throw wrong('is not a URL such as postgres://user@host/database or mysql://user@host/database.');
  }
  const decode = (part: string, name: string): string => {
    let decoded: string;
    try {
      decoded = decodeURIComponent(part);
    } catch {
      throw wrong(`has a ${name} with a % that is not encoded as %25.`);
    }
    // Strings end at a NUL in both protocols, and what follows would be read as another setting.
    if (/\p{Cc}/u.test(decoded)) throw wrong(`has a ${name} with a control character.`);
    return decoded;
  };
  if (url.hash !== '') throw wrong('has a #, which is written as %23 in a password.');
  const [user, password] = [decode(url.username, 'user'), decode(url.password, 'password')];
  if (user === '') throw wrong('names no user.');
  const host = readHost(decode(url.hostname, 'host'), wrong);
  const path = url.pathname.slice(1);
  if (path === '') throw wrong('names no database.');
  // A / or ? in a password that was not encoded ends the host, and what is left of the password looks like a path.
  if (/[/@:]/.test(path))
    throw wrong('has a /, @ or : in its database. In a password they are %2F, %40 and %3A.');
  if (url.port === '0') throw wrong('has the port 0.');
  return {
    ...{ dialect: scheme.dialect, host, user, password, database: decode(path, 'database') },
    port: url.port === '' ? scheme.port : Number(url.port),
    parameters: readParameters(url.searchParams, known[scheme.dialect], wrong),
  };
}

function readHost(host: string, wrong: (what: string) => Misuse): string {
  if (host.startsWith('/')) return host;
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0 || /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i.test(bare)) return bare;
  throw wrong(
    host === '' ? 'names no host.' : 'has a host that is no name and no address. It takes one host.',
  );
}

/** What is not known is not named in the error: it can be the rest of a password that was not encoded. */
function readParameters(
  found: URLSearchParams,
  names: readonly string[],
  wrong: (what: string) => Misuse,
): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of found) {
    if (!names.includes(name)) throw wrong(`has a parameter other than ${names.join(', ')}.`);
    if (parameters.has(name)) throw wrong(`has ${name} twice.`);
    if (/\p{Cc}/u.test(value)) throw wrong(`has a control character in ${name}.`);
    parameters.set(name, value);
  }
  return parameters;
}
