/** Mistakes in the use of a database's handle. */
export const sqlDatabaseCodes = {
  /**
   * A row does not have the shape that the statement's schema says. The statement and the schema were written by the
   * same people, so this is a mistake of the program, or a table that was changed.
   *
   * ```ts
   * import { type RowSchema, sql } from 'bulwark/sql';
   * import { database } from 'bulwark/sql/pg';
   * import pg from 'pg';
   *
   * declare const user: RowSchema<{ id: number; name: string }>; // z.object({ id: z.number(), name: z.string() })
   * const db = database(new pg.Pool());
   * await db.one(sql`select id, name from users where id = ${7}`, { row: user }); // Misuse where `name` is null
   * ```
   */
  'sql/unexpected-row': {
    kind: 'misuse',
    message: 'A row is not as its schema says.',
    hint: 'Change the columns of the statement, or the schema: what is null, and what type the driver makes of a column.',
  },
  /**
   * What a transaction's function is given works until the function is done. A statement that was not awaited, or a
   * handle that was kept, would run outside of the transaction. So would what comes behind a statement that ends it:
   * `commit`, and on MySQL `create table` and the like, before which it commits.
   *
   * ```text
   * await db.transaction(async (tx) => { void tx.execute(first).then(() => tx.execute(second)); })    Misuse
   * await db.transaction(async (tx) => { await tx.execute(first); await tx.execute(second); })
   * ```
   */
  'sql/transaction-over': {
    kind: 'misuse',
    message: 'A statement was given to a transaction that is over.',
    hint: 'Await every statement inside the function of the transaction, and use `tx` nowhere else.',
  },
  /**
   * While a savepoint is open, the outer handle would run its statements inside the savepoint too, and lose them with
   * it.
   *
   * ```text
   * await tx.transaction(async (inner) => { await tx.execute(insert); })       Misuse
   * await tx.transaction(async (inner) => { await inner.execute(insert); })
   * ```
   */
  'sql/savepoint-open': {
    kind: 'misuse',
    message: 'A statement was given to a transaction while a savepoint in it is open.',
    hint: 'Use the handle that the inner function is given, and await the inner transaction first.',
  },
  /**
   * On a database with one connection (SQLite, PGlite, a single one of PostgreSQL or MySQL) a statement beside the open
   * transaction waits for its end, and the transaction for the statement: for ever.
   *
   * ```text
   * await db.transaction(async (tx) => { await db.execute(insert); })     Misuse
   * await db.transaction(async (tx) => { await tx.execute(insert); })
   * ```
   */
  'sql/outside-transaction': {
    kind: 'misuse',
    message:
      'Inside of a transaction, a statement was given to the database itself, which has one connection.',
    hint: 'Use the handle that the function of the transaction is given.',
  },
  /**
   * Each statement that is given to a pool runs on whichever connection is free. What follows a `begin` would run
   * elsewhere and be committed by itself, and somebody else inside of the transaction. The connection is closed.
   *
   * ```text
   * await db.execute(sql`begin`)                                        Misuse on a pool
   * await db.transaction(async (tx) => { await tx.execute(insert); })
   * ```
   */
  'sql/begin-on-pool': {
    kind: 'misuse',
    message: 'A statement began a transaction on a connection of a pool, and left it open.',
    hint: 'Use `transaction`, which holds one connection for all its statements.',
  },
  /**
   * MySQL sends the rows of a statement one after the other, and takes no other statement on the connection before the
   * last one is read. What was given to the same connection or transaction inside of the loop would wait for ever. So
   * would, on a single connection, what is given to the database itself: the stream holds its
   * only connection.
   *
   * ```text
   * for await (const row of tx.stream(select)) await tx.execute(update);       Misuse on MySQL
   * for await (const row of db.stream(select)) await db.execute(update);       Misuse on a single client
   * for await (const row of db.stream(select)) await tx.execute(update);       another connection of the pool
   * ```
   */
  'sql/stream-open': {
    kind: 'misuse',
    message: 'A statement was given to a connection whose stream is not at its end.',
    hint: 'Read the stream to its end first, or leave its loop, or use another connection of the pool.',
  },
  /**
   * In a character set that lacks a character, the client writes another one in its place and says nothing: `?`, or in
   * `latin1` the low byte, which makes an `a` of U+0161. Two names would be stored, and found, as the same one.
   *
   * ```text
   * mysql.createPool({ charset: 'LATIN1_SWEDISH_CI' })    Misuse
   * mysql.createPool({})                                  utf8mb4
   * ```
   */
  'sql/connection-charset': {
    kind: 'misuse',
    message: 'A statement was given to a connection whose character set is not utf8mb4.',
    hint: 'Leave out `charset`, or make it `utf8mb4`, and run no `set names` for another one. Tables may have any.',
  },
  /**
   * With autocommit off, MySQL opens a transaction for each statement. Nobody commits it, so that a change which was
   * told to have been made is gone when the connection is closed or given back. On a pool `transaction` works, as it
   * begins and commits by itself.
   *
   * ```text
   * set global autocommit = 0, or in `init_connect`, or in pool.on('connection')     Misuse at the first change
   * set autocommit = 1                                                               what the server has by itself
   * ```
   */
  'sql/autocommit-off': {
    kind: 'misuse',
    message:
      'A statement ran on a connection whose autocommit is off, in a transaction that nobody would commit.',
    hint: 'Leave autocommit on for connections of the application, and use `transaction` for several statements.',
  },
  /**
   * The connection settings of an application are checked when it starts. The error names the variable or the file, and
   * never what it holds, because that is a password.
   *
   * ```ts
   * import { connectionSettings } from 'bulwark/sql/connection';
   *
   * connectionSettings({ env: 'DATABASE_URL' });
   * // Misuse where it is not set, is no URL, has no user or database, or a parameter that is not known
   * ```
   */
  'sql/connection-settings': {
    kind: 'misuse',
    message: 'The settings of the connection to the database are not right.',
    hint: 'A URL is postgres://user:password@host:port/database, or mysql:; in it, encode %, /, ?, #, @ and : of a password.',
  },
  /**
   * A connection to another machine without TLS, or with TLS that does not verify the server, gives the password and
   * every row to whoever stands between. `prefer` and `allow` are no TLS: whoever stands between takes it away.
   *
   * ```text
   * postgres://app@db.example.com/shop?sslmode=prefer           Misuse
   * postgres://app@db.example.com/shop?sslmode=verify-full      also without sslmode; `caFile` names a CA of your own
   * postgres://app@localhost/shop?sslmode=disable
   * ```
   */
  'sql/plaintext-connection': {
    kind: 'misuse',
    message: 'The connection to the database would not be verified TLS.',
    hint: 'Leave `sslmode` out and name the CA with `caFile`. In a network that you trust, set `allowPlaintext: true`.',
  },
} as const;
