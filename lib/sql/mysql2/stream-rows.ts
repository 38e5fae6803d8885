import { noteStatus } from './answer-of.ts';
import type { ConnectionState } from './connection-state.ts';
import type { Mysql2Query } from './for-mysql2.ts';
import type { CoreConnection } from './mysql2-client.ts';

/** The rows of one statement, as the server sends them. */
export interface RowStream {
  /** The next rows, at most a batch; none at the end. */
  next(): Promise<readonly unknown[]>;
  /** True when the server has sent the last one, or an error. */
  ended(): boolean;
  /** Lets the rest go by. Resolves when the connection is idle. */
  drop(): Promise<void>;
}

/** Reading stops while a batch waits to be taken, and with it, by TCP, the server's sending. */
export function streamRows(
  core: CoreConnection,
  state: ConnectionState,
  query: Mysql2Query,
  batch: number,
): RowStream {
  let rows: unknown[] = [];
  let over = false;
  let dropping = false;
  let hasRows = false;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;

  const fail = (error: unknown): void => {
    failure ??= { error };
    over = true;
    wake();
  };
  // mysql2 tells a streamed statement nothing of a lost connection.
  core.on('error', fail);
  const command = core.execute(query);
  command.on('error', (error: unknown) => fail(error));
  command.on('fields', (fields: unknown) => {
    hasRows = fields !== undefined;
  });
  command.on('result', (row: unknown, index: unknown) => {
    if (!hasRows) return noteStatus(row, state);
    // A procedure may have several results.
    if (dropping || (index !== undefined && index !== 0)) return;
    rows.push(row);
    if (rows.length >= batch) core.pause();
    wake();
  });
  command.once('end', () => {
    core.off('error', fail);
    over = true;
    wake();
  });

  function change(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      core.resume();
      if (over || rows.length >= batch) resolve();
    });
  }

  return {
    async next() {
      while (!over && rows.length === 0) await change();
      if (failure && rows.length === 0) throw failure.error;
      // What came with the first row is taken along; the rest when it is asked for.
      return rows.splice(0, batch);
    },
    ended: () => over,
    async drop() {
      dropping = true;
      rows = [];
      while (!over) await change();
      core.resume();
    },
  };
}
