import type { Answer } from '../database/driver.ts';
import type { ConnectionState } from './connection-state.ts';
import type { Sent } from './send.ts';

const inTransaction = 1;
const autocommit = 2;

/** What a statement that returns no rows is answered with. */
interface Header {
  readonly affectedRows?: unknown;
  readonly serverStatus?: unknown;
}

/** The rows, or the count of a statement without any. A procedure's are its first ones. */
export function answerOf([result, fields]: Sent, state: ConnectionState): Answer {
  const several = Array.isArray(fields) && fields.some((of) => of === undefined || Array.isArray(of));
  if (!several) return one(result, state);
  const results = result as readonly unknown[];
  for (const item of results) noteStatus(item, state);
  return one(results.find(Array.isArray) ?? results[0], state);
}

function one(result: unknown, state: ConnectionState): Answer {
  if (Array.isArray(result)) return { rows: result, count: result.length };
  noteStatus(result, state);
  return { rows: [], count: Number((result as Header | undefined)?.affectedRows ?? 0) };
}

export function noteStatus(result: unknown, state: ConnectionState): void {
  const status = (result as Header | null | undefined)?.serverStatus;
  if (typeof status !== 'number') return;
  state.open = (status & inTransaction) !== 0;
  state.autocommit = (status & autocommit) !== 0;
  state.told += 1;
}
