import type { Connection, PostgresPool } from './postgres-client.ts';
import { type Sending, send } from './send.ts';

const closingMs = 100;
let closingUntil = 0;

/** A connection was lost. Others may be about to be, in the same turn of the event loop, as when a server falls. */
export function connectionLost(): void {
  closingUntil = performance.now() + closingMs;
}

/** From 1,024 bytes on, postgres.js writes at once. */
const filler: Sending = { text: ' '.repeat(1_024), values: [], prepare: false };

/**
 * Writes what was sent on the connection, where connections are being closed. postgres.js 3.4.9 writes in the next turn;
 * when it closes a connection before, it writes nothing on it ever again, and each statement there ends by its
 * `connect_timeout` of 30 seconds.
 */
export function writeThrough(pool: PostgresPool, connection: Connection): void {
  if (performance.now() > closingUntil) return;
  const query = send(pool, filler);
  query.handler = () => undefined;
  query.then(
    () => undefined,
    () => undefined,
  );
  connection.execute(query);
}
