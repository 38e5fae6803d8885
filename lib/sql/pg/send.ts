import { parameterText } from '../postgres/parameter-text.ts';
import type { BoundValue } from '../value/sql-value.ts';
import { pgQuery } from './for-pg.ts';
import type { PgClient, PgConnection, PgResult } from './pg-client.ts';
import { type Parameter, Submitted } from './submitted.ts';

/**
 * Sends a text with its values, under a name where the client is to keep it prepared. What pg's own query object does
 * besides, for queries of any kind, is more than half of what a small statement costs; so the statement submits itself,
 * where this is a client of pg as it comes.
 */
export function send(
  client: PgClient,
  text: string,
  values: readonly BoundValue[],
  name?: string,
): Promise<PgResult> {
  const parameters = submits(client) ? parametersOf(values) : undefined;
  if (parameters === undefined) return client.query(pgQuery(text, [...values], name));
  return new Promise((resolve, reject) => {
    const done = (error: unknown, result?: PgResult): void =>
      error ? reject(error) : resolve(result as PgResult);
    // Whatever has a `submit` is given back as it is.
    client.query(new Submitted(client, text, parameters, name, done) as never);
  });
}

/** The native client has no such connection, a pipelined one takes no queries but its own, and binary rows are others. */
function submits(client: PgClient): boolean {
  const { pipeline, binary } = client;
  const connection = client.connection as Partial<PgConnection> | undefined;
  return (
    typeof connection?.bind === 'function' &&
    typeof connection.parsedStatements === 'object' &&
    typeof client.getTypeParser === 'function' &&
    pipeline !== true &&
    binary !== true
  );
}

/**
 * The values as pg would write them, or undefined where it should: an application can tell pg how it writes dates, and
 * bytes in lists are written by it alone.
 */
function parametersOf(values: readonly BoundValue[]): Parameter[] | undefined {
  const parameters: Parameter[] = [];
  for (const value of values) {
    if (typeof value === 'string' || value === null) {
      parameters.push(value);
    } else if (typeof value !== 'object') {
      parameters.push(String(value));
    } else if (value instanceof Uint8Array) {
      parameters.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    } else if (Array.isArray(value) && value.every(isPlain)) {
      parameters.push(parameterText(value));
    } else {
      return undefined;
    }
  }
  return parameters;
}

function isPlain(item: unknown): boolean {
  return typeof item !== 'object' || item === null;
}
