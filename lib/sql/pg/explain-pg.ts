import { codeOf, connectionFailure } from '../database/connection-failure.ts';
import type { Failure } from '../database/failure.ts';
import { failureOfSqlState } from '../database/sql-state.ts';

/** What an error of pg means: the server's own, a socket's, or one of the sentences that pg and its pool throw. */
export function explainPg(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  const { severity, routine, constraint, schema, table, column, hint, position } = error as unknown as Record<
    string,
    unknown
  >;
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && typeof severity === 'string') {
    // What was prepared is gone, or does not fit an altered table: nothing ran, and anew it is prepared anew.
    if (code === '26000' || code === '42P05' || (code === '0A000' && routine === 'RevalidateCachedQuery')) {
      return { kind: 'serialization', databaseCode: code };
    }
    const names = { constraint: named(constraint), schema: named(schema), table: named(table) };
    const sentence = { message: error.message, hint, position, severity, routine };
    return failureOfSqlState(code, { ...names, column: named(column) }, sentence);
  }
  return connectionFailure(error) ?? sentences.find(([pattern]) => pattern.test(error.message))?.[1];
}

/** Names come from the catalogue, where whoever makes tables chose them. */
function named(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 128).replace(/\p{Cc}/gu, ' ') : undefined;
}

const sentences: readonly (readonly [RegExp, Failure])[] = [
  [
    /^timeout exceeded when trying to connect/,
    {
      kind: 'pool',
      hint: 'All connections were in use: release those that are held, raise `max`, or look for slow statements.',
    },
  ],
  [/^Cannot use a pool after calling end/, { kind: 'pool', hint: 'The pool has already ended.' }],
  [
    /^(timeout expired|Connection terminated|Client has encountered a connection error|Client was closed)/,
    { kind: 'connection' },
  ],
  [
    /^(The server does not support SSL|There was an error establishing an SSL)/,
    { kind: 'connection', hint: 'The server does not support TLS.' },
  ],
  [/^(SASL|SCRAM)/, { kind: 'login' }],
  [
    /^Query read timeout/,
    {
      kind: 'timeout',
      hint: "pg's `query_timeout` ended it in the client, not on the server: use `timeoutMs`.",
    },
  ],
];
