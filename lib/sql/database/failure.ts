import type { Mistake } from './mistake.ts';

/** The kind of failure, the same for every database. */
export type FailureKind = keyof typeof failureKinds;

/** The status of each kind, and the sentence for the log. */
export const failureKinds = {
  unique: { status: 409, message: 'A row with this key already exists.' },
  'foreign-key': {
    status: 409,
    message: 'The row refers to one that does not exist, or other rows still refer to it.',
  },
  exclusion: { status: 409, message: 'The row conflicts with an existing one.' },
  'not-null': { status: 400, message: 'A column that needs a value has none.' },
  check: { status: 400, message: 'The row violates a check constraint.' },
  data: { status: 400, message: 'The database could not read a value as the type that it needs.' },
  serialization: { status: 503, message: 'Another transaction changed what this one had read.' },
  deadlock: { status: 503, message: 'The transaction was ended to resolve a deadlock.' },
  'lock-timeout': { status: 503, message: 'The database did not grant a lock in time.' },
  timeout: { status: 503, message: 'The statement took too long and was ended.' },
  cancelled: { status: 503, message: 'The statement was cancelled.' },
  connection: { status: 503, message: 'There is no connection to the database.' },
  pool: { status: 503, message: 'The pool had no free connection in time.' },
  login: { status: 503, message: 'The database rejected the login.' },
  'commit-unknown': {
    status: 503,
    message: 'The connection was lost during the commit. The transaction may or may not have been committed.',
  },
  'transaction-failed': {
    status: 500,
    message:
      'A statement of the transaction had failed or ended it, and the error was caught. The transaction was not committed as a whole.',
  },
  permission: { status: 500, message: 'The role does not have the permission.' },
  'read-only': { status: 500, message: 'The transaction is read-only.' },
  schema: {
    status: 500,
    message: 'The statement names something that does not exist, or has a syntax error.',
  },
  other: { status: 500, message: 'The database rejected the statement.' },
} as const;

/** What is known of an error of the database. Names only, never a value. */
export interface Failure {
  readonly kind: FailureKind;
  /** The database's own code: an SQLSTATE such as `23505`, an errno, or SQLite's name of it. */
  readonly databaseCode?: string | undefined;
  readonly constraint?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  /** One sentence of ours that says more than the kind does: what to do about a full pool, or an expired certificate. */
  readonly hint?: string | undefined;
  /** What is wrong with the text of the statement. */
  readonly mistake?: Mistake | undefined;
}
