import { preparedName, renewName } from '../render/prepared-name.ts';
import type { Statement } from '../render/render.ts';
import { transactionStatus } from './connection-state.ts';
import type { PgClient, PgResult } from './pg-client.ts';
import { send } from './send.ts';

export type PrepareOption = 'auto' | 'never';

/** Sends statements, prepared under a name of their own where that works. */
export interface Prepare {
  run(client: PgClient, statement: Statement): Promise<PgResult>;
  /** The same for a connection on which no transaction is open, whatever its version of pg can tell. */
  runAlone(client: PgClient, statement: Statement): Promise<PgResult>;
}

/** No such statement, or one of this name already: the connection is shared by a pooler that does not keep them apart. */
const notOurs: ReadonlySet<unknown> = new Set(['26000', '42P05']);

export function createPrepare(option: PrepareOption): Prepare {
  let prepared = option === 'auto';

  async function run(client: PgClient, statement: Statement, isAlone: () => boolean): Promise<PgResult> {
    const { text, values } = statement;
    const name = prepared ? preparedName(statement) : undefined;
    try {
      return await send(client, text, values, name);
    } catch (error) {
      // The server refused before it ran anything. In a transaction the error has ended it all the same.
      if (!(name !== undefined && again(error, statement, name) && isAlone())) throw error;
      return send(client, text, values, prepared ? preparedName(statement) : undefined);
    }
  }

  /** Whether another try can do better, after what was learnt from the error. */
  function again(error: unknown, statement: Statement, name: string): boolean {
    const { code, routine } = error as { code?: unknown; routine?: unknown };
    if (notOurs.has(code)) {
      prepared = false;
      return true;
    }
    // "cached plan must not change result type": a table was altered since.
    if (code !== '0A000' || routine !== 'RevalidateCachedQuery') return false;
    // Another connection may have met it first.
    if (preparedName(statement) === name) renewName(statement);
    return true;
  }

  return {
    run: (client, statement) => run(client, statement, () => transactionStatus(client) === 'I'),
    runAlone: (client, statement) => run(client, statement, () => true),
  };
}
