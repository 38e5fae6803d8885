import type { Connection, PostgresPool } from './postgres-client.ts';
import { type Pending, type Sending, send } from './send.ts';
import { watchConnection } from './watch-connection.ts';
import { connectionLost, writeThrough } from './write-through.ts';

/** A statement on any connection of the pool, which is watched from then on: its end answers the statement. */
export function sendWatched(pool: PostgresPool, sending: Sending): Pending {
  const query = send(pool, sending, (connection: Connection) => {
    watchConnection(pool, connection);
    writeThrough(pool, connection);
    // As postgres.js has it: nothing is sent behind a statement that is not prepared.
    return sending.values.length === 0 || query.prepared === true;
  });
  noteLoss(query);
  return query;
}

/** The error of a socket comes before its end, and rejects what was sent on it. */
export function noteLoss(query: Pending): void {
  const { reject } = query;
  query.reject = (error) => {
    // The server's own errors have one.
    if (!Object.hasOwn(Object(error), 'severity')) connectionLost();
    reject?.(error);
  };
}
