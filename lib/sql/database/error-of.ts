import type { Statement } from '../render/render.ts';
import { DatabaseError } from './database-error.ts';
import type { Driver } from './driver.ts';
import { TimedOut } from './limited.ts';
import { describeMistake, type Mistake } from './mistake.ts';

/** An error of the database as a `DatabaseError` that names the statement; any other as it is. */
export function errorOf(error: unknown, driver: Driver, statement?: Statement): unknown {
  if (error instanceof DatabaseError) return error;
  const failure = error instanceof TimedOut ? ({ kind: 'timeout' } as const) : driver.explain(error);
  if (failure === undefined) return error;
  const mistake = statement && failure.mistake && shownMistake(statement, failure.mistake, driver);
  return new DatabaseError(failure, {
    driverError: error,
    ...(statement !== undefined && { statement: statement.shown }),
    ...(mistake !== undefined && { mistake }),
  });
}

function shownMistake(statement: Statement, mistake: Mistake, driver: Driver): string | undefined {
  if (mistake.mayHoldValue && statement.values.length > 0) return undefined;
  return describeMistake(statement.text, mistake, driver.dialect.name);
}
