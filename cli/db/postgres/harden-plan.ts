import { shown } from '../../egress/shown.ts';
import { different, duration, type HardenOptions, name } from '../harden-options.ts';
import { DbMistake } from '../mistake.ts';
import { newPassword } from '../password.ts';
import { scramVerifier } from './scram-verifier.ts';

/** PostgreSQL cuts longer names. */
const longest = 63;

export interface LoginRole {
  readonly name: string;
  readonly writes: boolean;
  /** Undefined: it has the password that it had, or none. */
  readonly verifier: string | undefined;
}

/** What is to be hardened, checked. */
export interface PostgresPlan {
  readonly database: string;
  readonly schemas: readonly string[];
  readonly owner: string;
  readonly roles: readonly LoginRole[];
  readonly timeouts: Readonly<Record<string, number>>;
  readonly revokeSetConfig: boolean;
}

/** @throws {DbMistake} */
export function postgresPlan(options: HardenOptions): PostgresPlan {
  const database = name('--database', options.database, longest);
  const schemas = (options.schema.length === 0 ? ['public'] : options.schema).map((schema) =>
    notReserved('--schema', name('--schema', schema, longest)),
  );
  const owner = role('--owner', options.owner);
  const readers = options.readOnly.map((one) => role('--read-only', one));
  const writers = options.readWrite.map((one) => role('--read-write', one));
  if (readers.length + writers.length === 0) name('--read-only or --read-write', undefined, longest);
  different([owner, ...readers, ...writers]);
  different(schemas);
  if (options.host.length > 0) {
    throw new DbMistake(
      'db/option',
      '--host applies only to MariaDB.',
      'In PostgreSQL, pg_hba.conf says where a role may connect from.',
      'Remove it. The last section of the output has lines for pg_hba.conf.',
    );
  }
  return {
    database,
    schemas,
    owner,
    roles: [
      ...logins('--read-only-password', readers, false, options.readOnlyPassword),
      ...logins('--read-write-password', writers, true, options.readWritePassword),
    ],
    timeouts: {
      statement_timeout: duration('--statement-timeout', options.statementTimeout),
      lock_timeout: duration('--lock-timeout', options.lockTimeout),
      idle_in_transaction_session_timeout: duration('--idle-timeout', options.idleTimeout),
      idle_session_timeout: duration('--session-timeout', options.sessionTimeout),
    },
    revokeSetConfig: options.revokeSetConfig,
  };
}

function logins(
  option: string,
  names: readonly string[],
  writes: boolean,
  source: string | undefined,
): LoginRole[] {
  const password = source === undefined ? undefined : newPassword(option, source);
  // A salt for each, as the server would.
  return names.map((one) => ({
    name: one,
    writes,
    verifier: password === undefined ? undefined : scramVerifier(password),
  }));
}

function role(option: string, value: string | undefined): string {
  const given = notReserved(option, name(option, value, longest));
  if (!['postgres', 'public', 'none', 'current_user', 'session_user', 'current_role'].includes(given))
    return given;
  throw new DbMistake(
    'db/name',
    `${option} ${shown(given)} cannot be an application's role.`,
    'It is the superuser, or a keyword for another role.',
    'Name a separate role, such as shop_rw.',
  );
}

function notReserved(option: string, value: string): string {
  if (!value.startsWith('pg_') && value !== 'information_schema') return value;
  throw new DbMistake(
    'db/name',
    `${option} ${shown(value)} belongs to PostgreSQL itself.`,
    "Names that start with pg_ are reserved, and their rights are not an application's to change.",
    'Choose another name.',
  );
}
