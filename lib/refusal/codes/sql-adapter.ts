/** Mistakes in handing a statement to another library's client. */
export const sqlAdapterCodes = {
  /**
   * The client is not of the expected kind, or its database is not supported. Guessing a dialect would put values between
   * quotes that mean something else there.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   * import { forKnex } from 'bulwark/sql/knex';
   * import knex from 'knex';
   *
   * const db = knex({ client: 'pg' });
   * await db.raw(...forKnex(db, sql`select id from users where email = ${'ann@example.com'}`));
   * // with `client: 'mssql'`: Misuse sql/unknown-client
   * ```
   */
  'sql/unknown-client': {
    kind: 'misuse',
    message: 'A statement was written for a client or a database that is not supported.',
    hint: 'Pass the client itself, or its transaction. The page of `bulwark/sql` lists the databases of each client.',
  },
  /**
   * On MySQL and MariaDB this client writes the values into the text of the statement, between quotes, before it sends
   * it: Kysely, Drizzle, Knex and TypeORM call `query` of mysql2, Sequelize's dialect `mariadb` that of its connector.
   * What ends a literal then depends on the server's `sql_mode`. Under NO_BACKSLASH_ESCAPES, which clients do not always
   * notice, an escaped quote closes it (CWE-89).
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   * import { forMysql2 } from 'bulwark/sql/mysql2';
   * import mysql from 'mysql2/promise';
   *
   * const pool = mysql.createPool('mysql://app@localhost/shop'); // the one that the client has, too
   * await pool.execute(forMysql2(sql`select id from users where email = ${'ann@example.com'}`));
   * ```
   */
  'sql/values-in-text': {
    kind: 'misuse',
    message: 'This client writes values into the text of a statement on MySQL and MariaDB.',
    hint: 'Use `execute` of its mysql2 pool with `forMysql2` of `bulwark/sql/mysql2`, or `database(pool)` from there.',
  },
  /**
   * Knex reads each question mark in a text as a placeholder, and a backslash in front as an escape. A backslash that
   * belongs in front of a question mark cannot be sent through it.
   *
   * ```text
   * knex.raw(...forKnex(knex, sql`select id from users where name ~ '\\?'`))      Misuse on PostgreSQL
   * knex.raw(...forKnex(knex, sql`select id from users where name ~ ${'\\?'}`))
   * ```
   */
  'sql/rewritten-text': {
    kind: 'misuse',
    message:
      'The client would change the text of this statement, because it contains a backslash before a question mark.',
    hint: 'Put the literal with the backslash into a hole, as a value.',
  },
} as const;
