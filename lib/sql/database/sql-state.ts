import type { Failure, FailureKind } from './failure.ts';
import type { Mistake } from './mistake.ts';

/** What PostgreSQL's drivers tell of an error beside its SQLSTATE: names, not values. */
interface Names {
  readonly constraint?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
}

/** The server's sentence, which may hold values, and what else its drivers say about the error. */
interface Sentence {
  readonly message: string;
  readonly hint: unknown;
  /** In characters from 1, as digits. */
  readonly position: unknown;
  /** In the language of the server. */
  readonly severity: unknown;
  /** The function of the server that reported it. */
  readonly routine: unknown;
}

/** What an error of PostgreSQL means (PostgreSQL, appendix A). */
export function failureOfSqlState(code: string, names: Names, sentence: Sentence): Failure {
  const kind = kindOf(code, sentence);
  const hint = hints[code];
  const mistake = kind === 'schema' ? mistakeOf(sentence) : undefined;
  return {
    ...{ kind, databaseCode: code, ...names },
    ...(hint !== undefined && { hint }),
    ...(mistake !== undefined && { mistake }),
  };
}

/** A login fails with FATAL. Functions report the same codes for a name that they were given. */
function kindOf(code: string, { severity, routine }: Sentence): FailureKind {
  const kind = exact[code] ?? classes[code.slice(0, 2)] ?? 'other';
  if (kind !== 'login' || !(severity === 'ERROR' || routine === 'get_database_oid')) return kind;
  return code.startsWith('3D') ? 'schema' : 'other';
}

/**
 * The server parses a statement before it gets the values, and its parser tells a position. Without one, a function may
 * have been given the name as a value, so only sentences of which that is not true are shown.
 */
function mistakeOf({ message, hint, position }: Sentence): Mistake | undefined {
  const says = `PostgreSQL says: ${message}.${typeof hint === 'string' ? ` ${hint}` : ''}`;
  const quotes = quotesIn(message);
  if (typeof position === 'string' && /^[1-9]\d{0,8}$/.test(position)) {
    // It quotes `people.name` where the text has `name`.
    return {
      says,
      quotes: quotes.map((quote) => quote.slice(quote.lastIndexOf('.') + 1)),
      at: Number(position) - 1,
    };
  }
  if (noArbiter.test(message)) return { says, quotes: [], near: 'on conflict' };
  if (ofConflict.test(message)) return { says, quotes };
  return unknownRole.test(message) ? { says, quotes, mayHoldValue: true } : undefined;
}

function quotesIn(message: string): string[] {
  const named = message.replace(/ for encoding "\w+"/, '');
  return Array.from(named.matchAll(/"((?:[^"]|"")+)"/g), ([, quoted = '']) => quoted);
}

const noArbiter = /^there is no unique or exclusion constraint matching the ON CONFLICT specification$/;
const ofConflict = /^constraint "[^"]+" for table "[^"]+" does not exist$/;
const unknownRole = /^role "[^"]+" does not exist$/;

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
  '42P18': 'Add a cast behind the hole, such as `::text`.',
  '53300': 'The server has no connection left: make the pools smaller, or raise max_connections.',
  '57014': 'A statement_timeout or an administrator ended it.',
  '25P03': 'A transaction was idle for too long: do not wait for other systems inside of one.',
};
