import type { Connection, PostgresPool } from './postgres-client.ts';
import { connectionLost } from './write-through.ts';

const watched = new WeakSet<Connection>();

/**
 * From now on the connection answers everything when it is closed. postgres.js 3.4.9 keeps a statement that was sent
 * between the error of a socket and its end. It is never answered, or, when the connection was opened again, by the answer
 * of somebody else's statement, who then waits for ever.
 */
export function watchConnection(pool: PostgresPool, connection: Connection): void {
  if (watched.has(connection)) return;
  watched.add(connection);
  let then = connection.onclose;
  const close = (error: unknown): void => {
    connectionLost();
    // It is in no use by now: this only forgets what was sent.
    connection.terminate();
    then?.(error);
  };
  Object.defineProperty(connection, 'onclose', {
    __proto__: null,
    get: () => close,
    set(next: Connection['onclose']) {
      then = next;
    },
    configurable: true,
    enumerable: true,
  } as PropertyDescriptor);
  // The types of lists are known by now. Whoever is cut off while postgres.js asks for them again ends the process.
  const { options } = pool as { options: { fetch_types?: unknown } };
  if (Object.hasOwn(options, 'fetch_types') && options.fetch_types) options.fetch_types = false;
}
