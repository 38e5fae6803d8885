import { Misuse } from '../../refusal/misuse.ts';
import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import type { Driver } from '../database/driver.ts';
import { mysql } from '../dialect/mysql.ts';
import { explainMysql } from './explain-mysql.ts';
import { holdOf } from './hold.ts';
import { coreOf, type Mysql2Connection, type Mysql2Pool } from './mysql2-client.ts';
import { mysql2Session, type PrepareOption } from './mysql2-session.ts';

export interface Mysql2Options {
  /**
   * `auto`, the default: each connection keeps what it prepared, at most 16 texts of one template. `never`: it is closed
   * after use, which costs a round trip the next time. Either way the server prepares each statement, and the values
   * are its parameters.
   */
  readonly prepare?: PrepareOption;
}

/**
 * Statements of the `sql` tag on a pool of mysql2, or on one connection: then inside its transaction, if one is open.
 * MySQL and MariaDB alike. The connection's character set is utf8mb4, as mysql2 has it unless told: with another one a
 * statement is a `Misuse`.
 *
 * What is compared with a number is bound as text (`name = ${0}` finds no row whose name is a word), and elsewhere a
 * number is a double: write `cast(${n} as signed)` where MySQL compares JSON, and `${n} + 0` for a column of type `bit`.
 * A date is written and read in mysql2's `timezone`: `local` loses an hour a year, `Z` none, and `timestamp` and `now()`
 * need the session's `time_zone` to be the same.
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
  return createDatabase(mysql2Driver(connection, options));
}

function mysql2Driver(given: Mysql2Pool | Mysql2Connection, options: Mysql2Options): Driver {
  const prepare = (Object.hasOwn(options, 'prepare') ? options.prepare : undefined) ?? 'auto';
  if (prepare !== 'auto' && prepare !== 'never') {
    throw new Misuse('bulwark/invalid-option', "prepare is 'auto' or 'never'.");
  }
  const core = coreOf(given);
  // A single connection that is lost between two statements ends the process if nobody listens.
  if ('connection' in core && core.connection.listenerCount('error') === 0) {
    core.connection.on('error', () => undefined);
  }
  const hold: Driver['hold'] = async (limits) =>
    'pool' in core
      ? mysql2Session(await holdOf(core.pool, limits), prepare, true)
      : mysql2Session(core.connection, prepare, false);
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
