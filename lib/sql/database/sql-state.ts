import type { FailureKind } from './database-error.ts';
import type { Failure } from './driver.ts';

/** What PostgreSQL's drivers tell of an error beside its SQLSTATE: names, and no values. */
interface Names {
  readonly constraint?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
}

/** What an error of PostgreSQL means (PostgreSQL, appendix A). */
export function failureOfSqlState(code: string, names: Names): Failure {
  const kind = exact[code] ?? classes[code.slice(0, 2)] ?? 'other';
  const hint = hints[code];
  return { kind, databaseCode: code, ...names, ...(hint !== undefined && { hint }) };
}

const exact: Readonly<Record<string, FailureKind>> = {
  '23505': 'unique',
  '23503': 'foreign-key',
  '23502': 'not-null',
  '23514': 'check',
  '23P01': 'exclusion',
  '40001': 'serialization',
  '40P01': 'deadlock',
  '55P03': 'lock-timeout',
  // Ours and statement_timeout both; `limited` tells its own apart.
  '57014': 'cancelled',
  '25P03': 'timeout',
  '57P05': 'timeout',
  '25006': 'read-only',
  '25P02': 'transaction-failed',
  '42501': 'permission',
  '53300': 'pool',
  '57P01': 'connection',
  '57P02': 'connection',
  '57P03': 'connection',
};

const classes: Readonly<Record<string, FailureKind>> = {
  '08': 'connection',
  '22': 'data',
  '23': 'check',
  '26': 'schema',
  '28': 'login',
  '3D': 'login',
  '3F': 'schema',
  '42': 'schema',
};

const hints: Readonly<Record<string, string>> = {
  '42P18': 'Give the placeholder a type, such as `::text` behind it.',
  '53300': 'The server has no connection left: lower the pools, or raise max_connections.',
  '57014': 'A statement_timeout, or somebody, ended it.',
  '25P03': 'A transaction was idle for too long: do not wait for other systems inside of one.',
};
