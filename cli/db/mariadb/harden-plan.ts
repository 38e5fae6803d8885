import { shown } from '../../egress/shown.ts';
import { different, duration, type HardenOptions, name } from '../harden-options.ts';
import { DbMistake } from '../mistake.ts';
import { newPassword } from '../password.ts';
import { nativePassword } from './native-password.ts';
import type { Account } from './quote.ts';

const longestUser = 80;
const longestDatabase = 64;

export interface LoginAccount extends Account {
  readonly kind: 'owner' | 'reads' | 'writes';
  /** Undefined: it has the password that it had, or none and is locked. */
  readonly hash: string | undefined;
}

export interface MariadbPlan {
  readonly database: string;
  readonly accounts: readonly LoginAccount[];
  /** In seconds, as MariaDB counts them. */
  readonly statementSeconds: number;
  readonly lockSeconds: number;
  readonly idleSeconds: number;
  readonly sessionSeconds: number;
}

/** @throws {DbMistake} */
export function mariadbPlan(options: HardenOptions): MariadbPlan {
  const database = name('--database', options.database, longestDatabase);
  const wrongOption = (
    [
      ['--schema', options.schema.length > 0],
      ['--row-security', options.rowSecurity !== undefined],
      ['--revoke-set-config', options.revokeSetConfig],
    ] as const
  ).find(([, given]) => given);
  if (wrongOption) {
    throw new DbMistake(
      'db/option',
      `${wrongOption[0]} applies only to PostgreSQL.`,
      'MariaDB has no row-level security, and its schemas are databases.',
      'Remove it.',
    );
  }
  if (
    ['mysql', 'sys', 'information_schema', 'performance_schema'].includes(database.toLowerCase()) ||
    /[\\`]/.test(database)
  ) {
    throw new DbMistake(
      'db/name',
      `--database ${shown(database)} cannot be an application's database.`,
      'It belongs to the server, or has a character that is ambiguous in a GRANT.',
      "Name the application's database.",
    );
  }
  const hosts = options.host.map(host);
  if (hosts.length === 0) name('--host', undefined, longestUser);
  const users = (option: string, names: readonly string[]): string[] => names.map((one) => user(option, one));
  const owner = user('--owner', name('--owner', options.owner, longestUser));
  const readers = users('--read-only', options.readOnly);
  const writers = users('--read-write', options.readWrite);
  if (readers.length + writers.length === 0) name('--read-only or --read-write', undefined, longestUser);
  different([owner, ...readers, ...writers]);
  const accounts = (
    kind: LoginAccount['kind'],
    names: readonly string[],
    hash: string | undefined,
  ): LoginAccount[] => names.flatMap((one) => hosts.map((from) => ({ kind, user: one, host: from, hash })));
  const hashOf = (option: string, source: string | undefined): string | undefined =>
    source === undefined ? undefined : nativePassword(newPassword(option, source));
  return {
    database,
    accounts: [
      ...accounts('owner', [owner], undefined),
      ...accounts('reads', readers, hashOf('--read-only-password', options.readOnlyPassword)),
      ...accounts('writes', writers, hashOf('--read-write-password', options.readWritePassword)),
    ],
    statementSeconds: duration('--statement-timeout', options.statementTimeout) / 1000,
    lockSeconds: seconds('--lock-timeout', options.lockTimeout),
    idleSeconds: seconds('--idle-timeout', options.idleTimeout),
    sessionSeconds: seconds('--session-timeout', options.sessionTimeout),
  };
}

/** Whole ones: 0 would be none, or none at all. */
function seconds(option: string, value: string): number {
  return Math.max(1, Math.round(duration(option, value) / 1000));
}

function user(option: string, value: string): string {
  const given = name(option, value, longestUser);
  if (!['root', 'mysql', 'mariadb.sys', 'public', 'none'].includes(given.toLowerCase())) return given;
  throw new DbMistake(
    'db/name',
    `${option} ${shown(given)} cannot be an application's account.`,
    'It administers the server, or is a keyword for another account.',
    'Name a separate account, such as shop_rw.',
  );
}

function host(value: string): string {
  if (/^[0-9A-Za-z.:/%_-]{1,60}$/.test(value) && /[0-9A-Za-z]/.test(value)) return value;
  throw new DbMistake(
    'db/host',
    `--host ${shown(value)} is refused.`,
    "'%' allows any host, so a leaked password would be enough.",
    "Name the application's addresses: 10.2.0.%, 10.2.0.0/255.255.255.0, localhost or a host name.",
  );
}
