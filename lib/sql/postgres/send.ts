import type { Answer } from '../database/driver.ts';
import type { BoundValue } from '../value/sql-value.ts';
import { postgresArguments } from './for-postgres.ts';
import type { Connection, PostgresQueryable } from './postgres-client.ts';

/** A query of postgres.js. It is sent when somebody waits for it. */
export interface Pending extends PromiseLike<readonly unknown[]> {
  canceller?: unknown;
  /** What sends it. */
  handler?: unknown;
  reject?(error: unknown): void;
  /** Whether the connection knew it already. */
  readonly prepared?: boolean;
}

/** A statement that moves data beside the rows (`copy`) has no answer that could be given back. */
export class CopyStatement extends Error {
  override readonly name: 'CopyStatement' = 'CopyStatement' as const;
}

export interface Sending {
  readonly text: string;
  readonly values: readonly BoundValue[];
  readonly prepare: boolean;
}

/** One statement by the extended protocol, its values as parameters. */
export function send(
  client: PostgresQueryable,
  { text, values, prepare }: Sending,
  onexecute?: (connection: Connection) => boolean,
): Pending {
  if (copy.test(text)) throw new CopyStatement();
  const [, parameters, options] = postgresArguments(client, text, values, prepare, onexecute);
  const query = Object.assign(client.unsafe(text, parameters as never[], options), ownFields);
  return Object.defineProperty(query, 'describeFirst', atOnce);
}

/**
 * postgres.js asks the server for the types of the parameters before it sends them. Here all are texts whose type the
 * server finds out: a round trip less, and `onexecute` is always called.
 */
const atOnce: PropertyDescriptor = Object.freeze({
  __proto__: null,
  get: () => false,
  set: () => undefined,
} as PropertyDescriptor);

/**
 * What postgres.js reads from a query that it has not set: of the query's own, a polluted prototype (CWE-1321) changes
 * neither its values nor the shape of its answer.
 */
const ownFields = Object.freeze({
  ...{ tagged: false, parameters: null, retried: null, reserve: undefined, onlyDescribe: false },
  ...{ cursorFn: null, cursorName: undefined, forEachFn: null, isRaw: false, streaming: false },
});

/** postgres.js waits for ever for the end of a `copy` in the extended protocol. */
const copy = /^\s*copy\b/i;

/** The result also carries the key to cancel with, which has no place in what an application logs: rows alone. */
export function answerOf(result: unknown): Answer {
  if (Array.isArray(result)) {
    const { count } = result as { count?: unknown };
    return { rows: rowsOf(result), count: typeof count === 'number' ? count : result.length };
  }
  // A `copy` behind a comment.
  const stream = result as {
    on(event: 'error', listener: () => void): void;
    resume?(): void;
    destroy(): void;
  };
  stream.on('error', () => undefined);
  if (typeof stream.resume === 'function') stream.resume();
  else stream.destroy();
  throw new CopyStatement();
}

/**
 * The rows as a plain list. On a connection that was closed within an answer, postgres.js 3.4.9 counts on from there: the
 * next answer has holes before its first row.
 */
function rowsOf(result: readonly unknown[]): readonly unknown[] {
  return Object.hasOwn(result, 0) ? [...result] : result.filter((_, at) => Object.hasOwn(result, at));
}
