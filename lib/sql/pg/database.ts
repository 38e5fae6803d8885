import { Misuse } from '../../refusal/misuse.ts';
import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import type { Driver } from '../database/driver.ts';
import { unlimited } from '../database/limits.ts';
import { postgres } from '../dialect/postgres.ts';
import { explainPg } from './explain-pg.ts';
import { holdOf } from './hold.ts';
import { isPool, type PgClient, type PgQueryable } from './pg-client.ts';
import { answerOf, pgSession } from './pg-session.ts';
import { createPrepare, type PrepareOption } from './prepare.ts';

export interface PgOptions {
  /**
   * `auto`, the default: each statement is prepared under a name of its own on each connection, which saves the server
   * reading and planning it anew. It is given up by itself behind a pooler that mixes connections; `never` does without.
   */
  readonly prepare?: PrepareOption;
}

/**
 * Statements of the `sql` tag on a pool of pg, or on one client: then inside its transaction, if one is open.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pg';
 * import pg from 'pg';
 *
 * const db = database(new pg.Pool());
 * const ids = [1, 2];
 * await db.all<{ name: string }>(sql`select name from users where id = any(${ids})`);
 * // [{ name: 'Ann' }, { name: 'Bob' }]
 * ```
 */
export function database(connection: PgQueryable, options: PgOptions = {}): Database {
  return createDatabase(pgDriver(connection, options));
}

function pgDriver(connection: PgQueryable, options: PgOptions): Driver {
  const option = (Object.hasOwn(options, 'prepare') ? options.prepare : undefined) ?? 'auto';
  if (option !== 'auto' && option !== 'never') {
    throw new Misuse('bulwark/invalid-option', "prepare is 'auto' or 'never'.");
  }
  const prepare = createPrepare(option);
  const pool = isPool(connection) ? connection : undefined;
  // A pool tells of idle connections that the server closed, has dropped them already, and ends the process if nobody
  // listens.
  if (pool?.listenerCount?.('error') === 0) pool.on?.('error', () => undefined);
  const hold: Driver['hold'] = async (limits) => {
    if (pool === undefined) return pgSession(connection as PgClient, prepare);
    const client = await holdOf(pool, limits);
    return pgSession(client, prepare, client);
  };
  return {
    dialect: postgres,
    hold,
    explain: explainPg,
    async run(statement, limits) {
      if (limits === unlimited) return answerOf(await prepare.run(connection, statement));
      const session = await hold(limits);
      let broken = true;
      try {
        const answer = await session.run(statement, limits);
        broken = false;
        return answer;
      } catch (error) {
        // After an error of the server's own the connection is as good as before.
        broken = explainPg(error)?.kind === 'connection';
        throw error;
      } finally {
        session.release(broken);
      }
    },
  };
}
