import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import type { Driver } from '../database/driver.ts';
import { unlimited } from '../database/limits.ts';
import { postgres } from '../dialect/postgres.ts';
import { preparedName } from '../render/prepared-name.ts';
import type { Statement } from '../render/render.ts';
import { explainPostgres } from './explain-postgres.ts';
import { holdOf } from './hold.ts';
import { ownParsers } from './own-parsers.ts';
import { isPool, isTransaction, type PostgresQueryable, readClient } from './postgres-client.ts';
import { postgresSession } from './postgres-session.ts';
import { answerOf, type Sending, send } from './send.ts';
import { sendWatched } from './send-watched.ts';

export interface PostgresOptions {
  /**
   * `auto`, the default: each statement is prepared once on each connection, at most 16 texts for one template. `never`,
   * or the client's own `prepare: false`, turns this off.
   */
  readonly prepare?: 'auto' | 'never';
}

/**
 * Runs statements of the `sql` tag on a client of postgres.js, on a reserved connection, or inside a transaction that
 * `begin` opened. In the latter, postgres.js rolls back at the end if one statement failed, even if the error was
 * caught: use `transaction`, which has savepoints.
 *
 * If a connection is lost, its pending statements reject with the kind `connection`. Unless the client has `fetch_types: false`, the
 * first connections query the array types, and a connection that is lost meanwhile rejects a promise that nobody
 * can handle. So `database` sets `fetch_types` to false once the types are known; arrays of a type that is created later are returned as
 * text. After the server was down, it can take up to 20 seconds to reconnect, depending on the client's `backoff`.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/postgres';
 * import postgres from 'postgres';
 *
 * const db = database(postgres());
 * const ids = [1, 2];
 * await db.all<{ name: string }>(sql`select name from users where id = any(${ids})`);
 * // [{ name: 'Ann' }, { name: 'Bob' }]
 * ```
 */
export function database(client: PostgresQueryable, options: PostgresOptions = {}): Database {
  return createDatabase(postgresDriver(readClient(client), options));
}

function postgresDriver(client: PostgresQueryable, options: PostgresOptions): Driver {
  const prepare = knownOptions(options, ['prepare']).prepare ?? 'auto';
  if (prepare !== 'auto' && prepare !== 'never') {
    throw new Misuse('bulwark/invalid-option', "`prepare` is 'auto' or 'never'.");
  }
  ownParsers(client);
  // postgres.js keeps every text that it prepared, for as long as the connection lives.
  const prepares = (statement: Statement): boolean =>
    prepare === 'auto' && preparedName(statement) !== undefined;
  const hold: Driver['hold'] = async (limits) => {
    if (isPool(client)) {
      // Where there is one connection, postgres.js lets a text begin a transaction on it.
      const shared = (client.options as { max?: unknown }).max === 1;
      const connection = await holdOf(client, shared, limits);
      return postgresSession({ connection, prepares, ...(!shared && { open: false }) });
    }
    const connection = { send: (sending: Sending) => send(client, sending), release: () => undefined };
    return postgresSession({ connection, prepares, ...(isTransaction(client) && { open: true }) });
  };
  return {
    dialect: postgres,
    hold,
    explain: explainPostgres,
    async run(statement, limits) {
      if (limits === unlimited) {
        const { text, values } = statement;
        const sending = { text, values, prepare: prepares(statement) };
        return answerOf(await (isPool(client) ? sendWatched(client, sending) : send(client, sending)));
      }
      const session = await hold(limits);
      let broken = true;
      try {
        const answer = await session.run(statement, limits);
        broken = false;
        return answer;
      } catch (error) {
        // After an error of the server's own the connection is as good as before.
        broken = explainPostgres(error)?.kind === 'connection';
        throw error;
      } finally {
        session.release(broken);
      }
    },
  };
}
