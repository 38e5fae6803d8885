import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import type { Driver } from '../database/driver.ts';
import { singleConnection } from '../database/single-connection.ts';
import { mysql } from '../dialect/mysql.ts';
import { explainMysql } from './explain-mysql.ts';
import { holdOf } from './hold.ts';
import {
  type CoreConnection,
  type CorePool,
  coreOf,
  type Mysql2Connection,
  type Mysql2Pool,
} from './mysql2-client.ts';
import { mysql2Session, type PrepareOption } from './mysql2-session.ts';

export interface Mysql2Options {
  /**
   * `auto`, the default: each connection keeps its prepared statements, at most 16 texts for one template. `never`: they are closed
   * after use, which costs another round trip the next time. Either way, the server prepares each statement, and the values
   * are its parameters.
   */
  readonly prepare?: PrepareOption;
}

/**
 * Runs statements of the `sql` tag on a pool of mysql2, or on one connection, for MySQL and MariaDB. On a connection, statements
 * and transactions run one after another. If the application has opened a transaction itself, they all run inside it.
 *
 * Inside a transaction, a statement that makes MySQL commit (`create table`) is a `Misuse`. So is one that
 * leaves a transaction open on a pool, with `begin` or with autocommit off. The connection's character set must be utf8mb4,
 * mysql2's default; with another one, a statement is a `Misuse`.
 *
 * A number in a comparison is bound as text, so that `name = ${0}` doesn't match every name that is a word. The same holds for a column
 * of `(select ${n} as a)`. Elsewhere a number is a double: write `cast(${n} as signed)` if MySQL compares it with
 * JSON, and `${n} + 0` for a column of type `bit`. After arithmetic, `greatest` or `least`, and in input rows of a
 * statement that sorts, it stays a number: `name = -${0}` matches every name that is a word. Check its type first.
 *
 * Dates are written and read in mysql2's `timezone`. `local` is ambiguous for one hour a year, `Z` never; `timestamp` and `now()`
 * need the same `time_zone` in the session.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/mysql2';
 * import mysql from 'mysql2/promise';
 *
 * const db = database(mysql.createPool('mysql://app@localhost/shop'));
 * await db.all<{ name: string }>(sql`select name from users where age > ${30} limit ${10}`);
 * // [{ name: 'Ann' }, { name: 'Bob' }]
 * ```
 */
export function database(connection: Mysql2Pool | Mysql2Connection, options: Mysql2Options = {}): Database {
  const prepare = knownOptions(options, ['prepare']).prepare ?? 'auto';
  if (prepare !== 'auto' && prepare !== 'never') {
    throw new Misuse('bulwark/invalid-option', "`prepare` is 'auto' or 'never'.");
  }
  const core = coreOf(connection);
  return createDatabase(
    'pool' in core ? poolDriver(core.pool, prepare) : connectionDriver(core.connection, prepare),
  );
}

function poolDriver(pool: CorePool, prepare: PrepareOption): Driver {
  const hold: Driver['hold'] = async (limits) => mysql2Session(await holdOf(pool, limits), prepare, true);
  return {
    dialect: mysql,
    hold,
    explain: explainMysql,
    async run(statement, limits) {
      const session = await hold(limits);
      let broken = false;
      try {
        return await session.run(statement, limits);
      } catch (error) {
        // After an error of the server's own the connection is as good as before.
        broken = explainMysql(error)?.kind === 'connection';
        throw error;
      } finally {
        session.release(broken);
      }
    },
  };
}

interface Known {
  readonly driver: Driver;
  readonly prepare: PrepareOption;
}

const known = new WeakMap<CoreConnection, Known>();

/** One for all databases of a connection: with two queues, one's statements would run in the other's transaction. */
function connectionDriver(core: CoreConnection, prepare: PrepareOption): Driver {
  const found = known.get(core);
  if (found === undefined) {
    // One that is lost between two statements ends the process if nobody listens.
    if (core.listenerCount('error') === 0) core.on('error', () => undefined);
    const driver = singleConnection({
      dialect: mysql,
      explain: explainMysql,
      session: () => mysql2Session(core, prepare, false),
    });
    known.set(core, { driver, prepare });
    return driver;
  }
  if (found.prepare === prepare) return found.driver;
  throw new Misuse('bulwark/invalid-option', 'All databases of a connection need the same `prepare`.');
}
