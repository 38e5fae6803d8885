import { codeOf } from '../database/connection-failure.ts';
import type { Connection, PostgresPool } from './postgres-client.ts';
import { type Pending, type Sending, send } from './send.ts';
import { noteLoss } from './send-watched.ts';
import { watchConnection } from './watch-connection.ts';
import { writeThrough } from './write-through.ts';

/** A connection for one alone. */
export interface Reserved {
  send(sending: Sending): Pending;
  /** Gives it back, or closes it where it is broken. */
  release(broken: boolean): void;
}

const empty: Sending = { text: '', values: [], prepare: false };
const mostTries = 10;

/**
 * A connection of the pool, for one alone. Not by `reserve` of postgres.js 3.4.9: when a connection is closed meanwhile,
 * that resolves for nobody, or takes a connection out of the pool for good; and a statement on a reserved connection
 * that was closed ends the process, or runs on a new connection outside of the transaction.
 *
 * @param shared where the pool has one connection, a transaction may be open on it, and stays open.
 */
export async function reserve(pool: PostgresPool, shared: boolean): Promise<Reserved> {
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      const taken = await take(pool);
      if (taken !== undefined) return reservedOf(pool, taken, shared);
    } catch (error) {
      if (!shutDown.has(codeOf(error) ?? '') || tries + 1 === mostTries) throw error;
    }
  }
  throw new Error('This version of postgres.js does not tell of its connections.');
}

/**
 * `admin_shutdown` and `crash_shutdown`. postgres.js 3.4.9 gives what ended the connection before to the first statement
 * after it was opened again; the next one is well.
 */
const shutDown: ReadonlySet<string> = new Set(['57P01', '57P02']);

interface Taken {
  readonly connection: Connection;
  lost: boolean;
}

/** Undefined where the connection could not take the statement at once: postgres.js then does not say which it is. */
function take(pool: PostgresPool): Promise<Taken | undefined> {
  return new Promise((resolve, reject) => {
    const onexecute = (connection: Connection): boolean => {
      const taken: Taken = { connection, lost: false };
      watchConnection(pool, connection);
      writeThrough(pool, connection);
      connection.queue.remove(connection);
      connection.queue = nowhere;
      connection.reserved = Object.assign(() => undefined, { release: true });
      connection.onclose = () => {
        taken.lost = true;
      };
      resolve(taken);
      // Nobody else's statements.
      return false;
    };
    const query = send(pool, empty, onexecute);
    noteLoss(query);
    query.then(() => resolve(undefined), reject);
  });
}

const nowhere = Object.freeze({ remove: () => null, push: (connection: Connection) => connection });

function fail(query: Pending): void {
  query.reject?.(Object.assign(new Error('The connection was closed.'), { code: 'CONNECTION_CLOSED' }));
}

function reservedOf(pool: PostgresPool, taken: Taken, shared: boolean): Reserved {
  const { connection } = taken;
  let over = false;

  function start(sending: Sending): Pending {
    const query = send(pool, sending);
    noteLoss(query);
    query.handler = () => {
      if (taken.lost) {
        fail(query);
        return;
      }
      connection.execute(query);
      writeThrough(pool, connection);
    };
    return query;
  }

  return {
    send: start,
    release(broken) {
      if (over || taken.lost) return;
      over = true;
      if (broken) {
        // After what is still to be written: else postgres.js 3.4.9 writes nothing on it ever again.
        setImmediate(() => {
          if (!taken.lost) connection.terminate();
        });
        return;
      }
      // When this is answered, postgres.js gives the connection back, or closes it where the pool is being ended.
      connection.reserved = shared
        ? null
        : Object.assign(() => void connection.terminate(), { release: false });
      start(empty).then(
        () => undefined,
        () => undefined,
      );
    },
  };
}
