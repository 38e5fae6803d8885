import type { PgClient, PgConnection } from './pg-client.ts';

/** What is known of one connection, whoever holds it. */
export interface ConnectionState {
  /** Why it cannot be used any more: the first error that told of its end, or a statement that nothing could end. */
  lost: unknown;
  /** What the server said last of a transaction on it: `I` for none, `T`, or `E` for one that has failed. */
  status: unknown;
}

const states = new WeakMap<PgClient, ConnectionState>();

/**
 * The state of a connection, watched from here on. One that is lost while no statement runs tells it by an event, which
 * ends the process if nobody listens.
 */
export function stateOf(client: PgClient): ConnectionState {
  const known = states.get(client);
  if (known) return known;
  const state: ConnectionState = { lost: undefined, status: undefined };
  client.on?.('error', (error) => {
    state.lost ??= error;
  });
  if (client.getTransactionStatus === undefined) {
    const connection = client.connection as Partial<PgConnection> | undefined;
    connection?.on?.('readyForQuery', ({ status }) => {
      state.status = status;
    });
  }
  states.set(client, state);
  return state;
}

/** `I` where no transaction is open, another letter where one is, and nothing where that is not known. */
export function transactionStatus(client: PgClient): string | undefined {
  // pg has told it since 8.21.
  const status = client.getTransactionStatus ? client.getTransactionStatus() : stateOf(client).status;
  return typeof status === 'string' ? status : undefined;
}
