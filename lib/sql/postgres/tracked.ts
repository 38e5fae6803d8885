import type { PostgresReserved } from './postgres-client.ts';
import { send } from './send.ts';

/** What postgres.js knows a connection by, as far as it is used here. It is not in its documentation (3.4). */
interface Connection {
  onclose?: unknown;
  end(): unknown;
  terminate(): unknown;
}

/** A reserved connection, of which is known whether it is lost. */
export interface Tracked {
  /** True from the moment at which the connection was closed. It must not be used or released any more. */
  readonly lost: boolean;
  /** Gives it back, or closes it where it is broken. */
  release(broken: boolean): void;
}

/**
 * Looks after a reserved connection. postgres.js ends the process by an exception when a statement is given to one
 * that was closed, or runs it on a new connection outside of the transaction, and puts a closed one back among the open
 * ones when it is released. It tells of the closing to nobody but the connection itself, which is had by `onexecute`.
 */
export function track(reserved: PostgresReserved): Tracked {
  let connection: Connection | undefined;
  let lost = false;
  let ending = false;
  let over = false;
  let untrack = (): void => undefined;

  const onexecute = (found: Connection): boolean => {
    if (over || !isConnection(found)) return true;
    connection = found;
    const { end } = found;
    const onclose = (): void => {
      lost = true;
      untrack();
    };
    // The end of the pool waits for the connection, and postgres.js forgets that when it is released.
    const onEnd = (): unknown => {
      ending = true;
      return end();
    };
    found.onclose = onclose;
    found.end = onEnd;
    untrack = () => {
      if (found.onclose === onclose) found.onclose = null;
      if (found.end === onEnd) found.end = end;
    };
    return true;
  };
  // It is sent together with the first statement: that costs no round trip.
  send(reserved, { text: '', values: [], prepare: false }, onexecute).then(
    () => undefined,
    () => undefined,
  );

  return {
    get lost() {
      return lost;
    },
    release(broken) {
      if (over) return;
      over = true;
      untrack();
      if (lost) return;
      if (connection !== undefined && (broken || ending)) connection.terminate();
      else if (!broken) reserved.release();
      else rollBack(reserved);
    },
  };
}

function isConnection(found: Connection): boolean {
  return typeof found?.end === 'function' && typeof found.terminate === 'function';
}

/** For a version of postgres.js that tells nothing of its connections. */
function rollBack(reserved: PostgresReserved): void {
  send(reserved, { text: 'rollback', values: [], prepare: false }).then(
    () => reserved.release(),
    () => undefined,
  );
}
