import type { Failure } from '../database/failure.ts';
import { closed, failureOfReading, failureOfSqlite } from '../sqlite/sqlite-failure.ts';

/** What an error of better-sqlite3 means: SQLite's own, or one of the sentences that it throws by itself. */
export function explainBetterSqlite3(error: unknown, compiling: boolean): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && /^SQLITE_\w{1,60}$/.test(code)) {
    return failureOfSqlite(code, error.message, compiling);
  }
  return sentences.find(([sentence]) => error.message === sentence)?.[1] ?? failureOfReading(error);
}

const busy: Failure = {
  kind: 'other',
  hint: 'The application is iterating over a statement of this connection: write on another connection, or use `stream`.',
};

const sentences: readonly (readonly [string, Failure])[] = [
  ['The database connection is not open', closed],
  ['This database connection is busy executing a query', busy],
  ['This statement is busy executing a query', busy],
  ['The bound string, buffer, or bigint is too big', { kind: 'data' }],
];
