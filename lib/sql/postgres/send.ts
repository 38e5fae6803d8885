import type { Answer } from '../database/driver.ts';
import type { BoundValue } from '../sql-value.ts';
import { postgresArguments } from './for-postgres.ts';
import type { PostgresQueryable } from './postgres-client.ts';

/** A query of postgres.js. It is sent when somebody waits for it. */
export interface Pending extends PromiseLike<readonly unknown[]> {
  canceller?: unknown;
  /** What sends it. */
  handler?: unknown;
  reject?(error: unknown): void;
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
  onexecute?: (connection: never) => boolean,
): Pending {
  if (copy.test(text)) throw new CopyStatement();
  const [, parameters, options] = postgresArguments(client, text, values, prepare, onexecute);
  return Object.assign(client.unsafe(text, parameters as never[], options), ownFields);
}

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
    return { rows: [...result], count: typeof count === 'number' ? count : result.length };
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
