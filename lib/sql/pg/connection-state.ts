import type { PgClient } from './pg-client.ts';

/** What is known of one connection, whoever holds it. */
export interface ConnectionState {
  /** Why it cannot be used any more: the first error that told of its end, or a statement that nothing could end. */
  lost: unknown;
}

const states = new WeakMap<PgClient, ConnectionState>();

/**
 * The state of a connection, watched from here on. One that is lost while no statement runs tells it by an event, which
 * ends the process if nobody listens.
 */
export function stateOf(client: PgClient): ConnectionState {
  const known = states.get(client);
  if (known) return known;
  const state: ConnectionState = { lost: undefined };
  client.on?.('error', (error) => {
    state.lost ??= error;
  });
  states.set(client, state);
  return state;
}
