import type { Failure } from '../database/failure.ts';
import { closed, failureOfReading, failureOfSqlite } from '../sqlite/sqlite-failure.ts';
import { sqliteCode } from './sqlite-code.ts';

/** What an error of node:sqlite means: SQLite's own, or that the database was closed. */
export function explainNodeSqlite(error: unknown, compiling: boolean): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number') {
    return failureOfSqlite(sqliteCode(errcode), error.message, compiling);
  }
  const gone =
    code === 'ERR_INVALID_STATE' &&
    /^(?:database is not open|statement has been finalized)/.test(error.message);
  return gone ? closed : failureOfReading(error);
}
