import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import type { Answer, Driver, Session } from '../database/driver.ts';
import { type Limits, unlimited } from '../database/limits.ts';
import { singleConnection } from '../database/single-connection.ts';
import { postgres } from '../dialect/postgres.ts';
import type { Statement } from '../render/render.ts';
import { stateOf, transactionStatus } from './connection-state.ts';
import { explainPg } from './explain-pg.ts';
import { holdOf } from './hold.ts';
import { isPool, type PgClient, type PgPool, type PgQueryable } from './pg-client.ts';
import { answerOf, pgSession } from './pg-session.ts';
import { createPrepare, type PrepareOption } from './prepare.ts';
import { survives } from './survives.ts';

export interface PgOptions {
  /**
   * `auto`, the default: each statement is prepared under its own name on each connection, which saves the server
   * parsing and planning it again. It is turned off automatically behind a pooler that mixes connections. `never` turns it off.
   */
  readonly prepare?: PrepareOption;
}

/**
 * Runs statements of the `sql` tag on a pool of pg, or on one client. On a client, statements and transactions run one after
 * another. If the application has opened a transaction itself, they all run inside it.
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
  const prepare = knownOptions(options, ['prepare']).prepare ?? 'auto';
  if (prepare !== 'auto' && prepare !== 'never') {
    throw new Misuse('bulwark/invalid-option', "`prepare` is 'auto' or 'never'.");
  }
  return createDatabase(
    isPool(connection) ? poolDriver(connection, prepare) : clientDriver(connection as PgClient, prepare),
  );
}

function poolDriver(pool: PgPool, option: PrepareOption): Driver {
  const prepare = createPrepare(option);
  watch(pool);
  const hold = async (limits: Limits): Promise<Session> => {
    const client = await holdOf(pool, limits);
    return pgSession(client, prepare, client);
  };
  return {
    dialect: postgres,
    hold,
    explain: explainPg,
    async run(statement, limits) {
      if (limits !== unlimited) return runHeld(await hold(limits), statement, limits);
      const client = await pool.connect();
      const state = stateOf(client);
      let broken = false;
      try {
        const answer = answerOf(await prepare.runAlone(client, statement));
        if (isOpen(client)) throw new Misuse('sql/begin-on-pool');
        return answer;
      } catch (error) {
        broken = !survives(error);
        throw error;
      } finally {
        client.release(broken || state.lost !== undefined);
      }
    },
  };
}

async function runHeld(session: Session, statement: Statement, limits: Limits): Promise<Answer> {
  try {
    return await session.run(statement, limits);
  } finally {
    session.release(false);
  }
}

/** Left as it is, the next one to have the connection would be inside the transaction. */
function isOpen(client: PgClient): boolean {
  const status = transactionStatus(client);
  return status !== undefined && status !== 'I';
}

/** A pool tells of connections that the server closed, has dropped them already, and ends the process if nobody listens. */
function watch(pool: PgPool): void {
  if (watched.has(pool)) return;
  watched.add(pool);
  if (pool.listenerCount?.('error') === 0) pool.on?.('error', () => undefined);
  pool.on?.('connect', stateOf);
}

const watched = new WeakSet<PgPool>();

interface Known {
  readonly driver: Driver;
  readonly option: PrepareOption;
}

const known = new WeakMap<PgClient, Known>();

/** The driver of a client. One for all its databases: with two queues, one's statements would run in the other's transaction. */
function clientDriver(client: PgClient, option: PrepareOption): Driver {
  const found = known.get(client);
  if (found === undefined) {
    const prepare = createPrepare(option);
    stateOf(client);
    const driver = singleConnection({
      dialect: postgres,
      explain: explainPg,
      session: () => pgSession(client, prepare),
    });
    known.set(client, { driver, option });
    return driver;
  }
  if (found.option === option) return found.driver;
  throw new Misuse('bulwark/invalid-option', 'All databases of a client need the same `prepare`.');
}
