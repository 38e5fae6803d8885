import { preparedName, renewName } from '../prepared-name.ts';
import type { Statement } from '../render.ts';
import { pgQuery } from './for-pg.ts';
import { isPool, type PgClient, type PgQueryable, type PgResult } from './pg-client.ts';

export type PrepareOption = 'auto' | 'never';

/** Sends statements, prepared under a name of their own where that works. */
export interface Prepare {
  run(connection: PgQueryable, statement: Statement): Promise<PgResult>;
}

/** No such statement, or one of this name already: the connection is shared by a pooler that does not keep them apart. */
const notOurs: ReadonlySet<unknown> = new Set(['26000', '42P05']);

export function createPrepare(option: PrepareOption): Prepare {
  let prepared = option === 'auto';

  function send(connection: PgQueryable, statement: Statement): Promise<PgResult> {
    const name = prepared ? preparedName(statement) : undefined;
    return connection.query(pgQuery(statement.text, statement.values, name));
  }

  return {
    async run(connection, statement) {
      try {
        return await send(connection, statement);
      } catch (error) {
        if (!(prepared && again(error, statement) && mayRepeat(connection))) throw error;
        return send(connection, statement);
      }
    },
  };

  /** The server refused before it ran anything. In a transaction the error has ended it all the same. */
  function mayRepeat(connection: PgQueryable): boolean {
    return isPool(connection) || (connection as PgClient).getTransactionStatus?.() === 'I';
  }

  /** Whether another try can do better, after what was learnt from the error. */
  function again(error: unknown, statement: Statement): boolean {
    const { code, routine } = error as { code?: unknown; routine?: unknown };
    if (notOurs.has(code)) {
      prepared = false;
      return true;
    }
    // "cached plan must not change result type": a table was altered since.
    if (code !== '0A000' || routine !== 'RevalidateCachedQuery') return false;
    renewName(statement);
    return true;
  }
}
