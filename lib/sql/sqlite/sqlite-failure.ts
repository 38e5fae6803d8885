import type { Failure, FailureKind } from '../database/failure.ts';
import type { Mistake } from '../database/mistake.ts';
import { TooLargeInteger } from './sqlite-integers.ts';

/**
 * What an error of SQLite means, by the name of its result code (sqlite.org/rescode.html) and, for the names of columns,
 * by its sentence. `compiling` tells errors of the text from those of values, which have one code.
 */
export function failureOfSqlite(code: string, message: string, compiling: boolean): Failure {
  const kind = kindOf(code, message, compiling);
  const hint = hints[code] ?? hints[primaryOf(code)];
  const mistake = kind === 'schema' && compiling ? mistakeIn(message) : undefined;
  return {
    ...{ kind, databaseCode: code, ...namesIn(code, message) },
    ...(hint !== undefined && { hint }),
    ...(mistake !== undefined && { mistake }),
  };
}

/** What both clients have in common beside the errors of SQLite itself. */
export function failureOfReading(error: unknown): Failure | undefined {
  if (!(error instanceof TooLargeInteger)) return undefined;
  return { kind: 'other', column: named(error.column), hint: tooLargeHint };
}

export const closed: Failure = Object.freeze({ kind: 'connection', hint: 'The database is closed.' });

/** `SQLITE_IOERR` of `SQLITE_IOERR_READ`. */
function primaryOf(code: string): string {
  return code.split('_').slice(0, 2).join('_');
}

function kindOf(code: string, message: string, compiling: boolean): FailureKind {
  if (code === 'SQLITE_ERROR') {
    // A table can be gone by the time that a compiled statement runs.
    if (compiling || /^no such (?:table|column|function|module)/.test(message)) return 'schema';
    return /^(?:cannot |no such savepoint)/.test(message) ? 'other' : 'data';
  }
  return kinds[code] ?? kinds[primaryOf(code)] ?? 'other';
}

const kinds: Readonly<Record<string, FailureKind>> = {
  SQLITE_CONSTRAINT: 'check',
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_ROWID: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  SQLITE_CONSTRAINT_NOTNULL: 'not-null',
  SQLITE_CONSTRAINT_DATATYPE: 'data',
  SQLITE_MISMATCH: 'data',
  SQLITE_TOOBIG: 'data',
  SQLITE_BUSY: 'lock-timeout',
  // What it read has changed since: waiting does not help, and a new transaction does.
  SQLITE_BUSY_SNAPSHOT: 'serialization',
  SQLITE_LOCKED: 'lock-timeout',
  SQLITE_INTERRUPT: 'cancelled',
  SQLITE_ABORT: 'transaction-failed',
  SQLITE_READONLY: 'read-only',
  SQLITE_AUTH: 'permission',
  SQLITE_PERM: 'permission',
  SQLITE_CANTOPEN: 'connection',
  SQLITE_SCHEMA: 'schema',
};

const tooLargeHint =
  "It holds an integer beyond 2^53: read it as text, or open the database with `integers: 'bigint'`.";
const hints: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'Another connection is writing: raise the busy time-out, or set journal_mode = wal.',
  SQLITE_FULL: 'The disk is full.',
  SQLITE_CORRUPT: 'The file is damaged.',
  SQLITE_NOTADB: 'The file is not a database, or is encrypted.',
};

/** What is wrong with the text of a statement: it is compiled before it gets its values. */
function mistakeIn(message: string): Mistake | undefined {
  const name = mistakes.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined);
  if (name === undefined && message !== 'incomplete input') return undefined;
  return { says: `SQLite says: ${message}.`, quotes: name === undefined ? [] : [name] };
}

const mistakes: readonly RegExp[] = [
  /^no such (?:column|table|function|collation sequence|index|view|trigger): (?:main\.|temp\.)?(.+)$/,
  /^table .+ has no column named (.+)$/,
  /^ambiguous column name: (.+)$/,
  /^near "(.+)": syntax error$/,
  /^unrecognized token: "(.+)"?$/,
  /^wrong number of arguments to function ([^(]+)\(\)$/,
  /^misuse of (?:aggregate|window) function ([^(]+)\(\)$/,
];

/** The sentences that name something, and what they name: names of the schema, never a value. */
function namesIn(code: string, message: string): Pick<Failure, 'constraint' | 'table' | 'column'> {
  if (code === 'SQLITE_CONSTRAINT_CHECK')
    return { constraint: named(after(message, 'CHECK constraint failed: ')) };
  const index = /^UNIQUE constraint failed: index '(.+)'$/.exec(message);
  if (index) return { constraint: named(index[1]) };
  if (code === 'SQLITE_CONSTRAINT_DATATYPE') {
    const typed = /^cannot store [A-Z]+ value in [A-Z]+ column ([^.]+)\.([^.]+)$/.exec(message);
    return typed ? { table: named(typed[1]), column: named(typed[2]) } : {};
  }
  const key = after(message, 'UNIQUE constraint failed: ') ?? after(message, 'NOT NULL constraint failed: ');
  const columns = key?.split(', ').map((path) => /^([^.]+)\.([^.]+)$/.exec(path));
  const table = columns?.[0]?.[1];
  if (columns === undefined || table === undefined) return {};
  const one = columns.length === 1 ? columns[0]?.[2] : undefined;
  return { table: named(table), ...(one !== undefined && { column: named(one) }) };
}

function after(message: string, start: string): string | undefined {
  return message.startsWith(start) ? message.slice(start.length) : undefined;
}

/** Names come from the schema, where whoever makes tables chose them. */
function named(value: string | undefined): string | undefined {
  return value?.slice(0, 128).replace(/\p{Cc}/gu, ' ');
}
