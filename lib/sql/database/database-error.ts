import { ownProblems } from '../../internal/own-problems.ts';
import type { Problem } from '../../refusal/refusal.ts';
import { currentRequest } from '../../request/context.ts';
import { type Failure, type FailureKind, failureKinds } from './failure.ts';

/** A statement that took too long takes too long again, and a commit that may have happened must not happen twice. */
const repeatable: ReadonlySet<string> = new Set([
  'serialization',
  'deadlock',
  'lock-timeout',
  'connection',
  'pool',
]);

/** The sentence for the client, by kind and then by status. */
const titles: Readonly<Record<string, string>> = {
  unique: 'Something with these values already exists.',
  'foreign-key': 'The request refers to something that does not exist, or removes something still in use.',
  409: 'The request conflicts with what is stored.',
  'not-null': 'A required value is missing.',
  400: 'A value in the request is not valid.',
};

/**
 * A database error that is safe to log: it names the constraint, the table, the column and the statement's template,
 * never a value. A statement with a mistake in its own text (SQLSTATE class 42, and the same on MySQL and
 * SQLite) is shown with the database's message and a caret below the place. The driver's own error holds values
 * (`Key (email)=(ann@...)`), so it is not the `cause`; `driverErrorOf` returns it.
 *
 * `status` is 409 for conflicts, 400 for invalid values, 503 if a later attempt may succeed, and 500 otherwise.
 * Send clients only `toProblem()`.
 *
 * @example
 * ```ts
 * import { DatabaseError, sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pg';
 * import pg from 'pg';
 *
 * const db = database(new pg.Pool());
 * try {
 *   await db.execute(sql`insert into users (email) values (${'ann@example.com'})`);
 * } catch (error) {
 *   if (!(error instanceof DatabaseError && error.kind === 'unique')) throw error;
 *   error.constraint; // 'users_email_key'
 * }
 * ```
 */
export class DatabaseError extends Error {
  override readonly name: 'DatabaseError' = 'DatabaseError' as const;
  readonly kind: FailureKind;
  readonly databaseCode: string | undefined;
  readonly constraint: string | undefined;
  readonly schema: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly hint: string | undefined;
  /** The statement's template, shortened, with `${...}` for each placeholder. */
  readonly statement: string | undefined;
  readonly status: number;
  /** Whether frameworks may show the status, because the client can fix the request. */
  readonly expose: boolean;
  /** For `Retry-After`: 1 where the statement had no effect and a later attempt may succeed. */
  readonly retryAfterSeconds: number | undefined;
  readonly requestId: string | undefined;

  constructor(
    failure: Failure,
    options: { readonly statement?: string; readonly driverError?: unknown; readonly mistake?: string } = {},
  ) {
    const { status, message } = failureKinds[failure.kind];
    super(message + where(failure, options));
    this.kind = failure.kind;
    this.databaseCode = failure.databaseCode;
    this.constraint = failure.constraint;
    this.schema = failure.schema;
    this.table = failure.table;
    this.column = failure.column;
    this.hint = failure.hint;
    this.statement = options.statement;
    this.status = status;
    this.expose = status < 500;
    this.retryAfterSeconds = repeatable.has(failure.kind) ? 1 : undefined;
    this.requestId = currentRequest()?.id;
    if (options.driverError !== undefined) driverErrors.set(this, options.driverError);
    ownProblems.add(this);
  }

  /** What the client may see: a general sentence, the status and the request's id. */
  toProblem(): Problem {
    return {
      type: 'about:blank',
      title: titles[this.kind] ?? titles[this.status] ?? 'The request could not be carried out.',
      status: this.status,
      ...(this.requestId !== undefined && { requestId: this.requestId }),
    };
  }
}

const driverErrors = new WeakMap<DatabaseError, unknown>();

/** Returns the driver's original error. It may hold values: keep it out of logs. */
export function driverErrorOf(error: DatabaseError): unknown {
  return driverErrors.get(error);
}

function where(
  failure: Failure,
  { statement, mistake }: { readonly statement?: string; readonly mistake?: string },
): string {
  const { databaseCode, constraint, schema, table, column, hint } = failure;
  const name = [schema, table, column].filter((part) => part !== undefined).join('.');
  const facts = [
    ...(constraint === undefined ? [] : [`constraint ${constraint}`]),
    ...(name === '' ? [] : [column === undefined ? `table ${name}` : `column ${name}`]),
    ...(databaseCode === undefined ? [] : [`code ${databaseCode}`]),
  ];
  return [
    facts.length === 0 ? '' : `(${facts.join(', ')})`,
    hint ?? '',
    // It shows the line of the statement.
    mistake ?? (statement === undefined ? '' : `In: ${statement}`),
  ]
    .map((part) => part && ` ${part}`)
    .join('');
}
