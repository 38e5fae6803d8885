/** Mistakes in the use of a database's handle. */
export const sqlDatabaseCodes = {
  /**
   * A row does not fit the schema of the statement. The same people wrote both, so this is a mistake in the program, or
   * the table was changed.
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
    message: 'A row does not fit its schema.',
    hint: 'Change the columns of the statement, or the schema: what can be null, and which type the driver returns for a column.',
  },
  /**
   * A transaction's handle works until its function is done. A statement that was not awaited, or a handle that was kept,
   * would run outside of the transaction. So would anything behind a statement that ends it: `commit`, or on MySQL
   * `create table` and other DDL, which commits first.
   *
   * ```text
   * await db.transaction(async (tx) => { void tx.execute(first).then(() => tx.execute(second)); })    Misuse
   * await db.transaction(async (tx) => { await tx.execute(first); await tx.execute(second); })
   * ```
   */
  'sql/transaction-over': {
    kind: 'misuse',
    message: 'A statement was run on a transaction that has ended.',
    hint: 'Await every statement inside the function of the transaction, and use `tx` nowhere else.',
  },
  /**
   * While a savepoint is open, the outer handle would run its statements inside the savepoint too, and lose them with it.
   *
   * ```text
   * await tx.transaction(async (inner) => { await tx.execute(insert); })       Misuse
   * await tx.transaction(async (inner) => { await inner.execute(insert); })
   * ```
   */
  'sql/savepoint-open': {
    kind: 'misuse',
    message: 'A statement was run on a transaction while one of its savepoints is open.',
    hint: 'Use the handle that the inner function receives, and await the inner transaction first.',
  },
  /**
   * On a database with one connection (SQLite, PGlite, a single client of PostgreSQL or MySQL), a statement beside the
   * open transaction waits for the transaction to end, and the transaction for the statement: a deadlock.
   *
   * ```text
   * await db.transaction(async (tx) => { await db.execute(insert); })     Misuse
   * await db.transaction(async (tx) => { await tx.execute(insert); })
   * ```
   */
  'sql/outside-transaction': {
    kind: 'misuse',
    message:
      'Inside a transaction, a statement was run on the database itself, which has only one connection.',
    hint: 'Use the handle that the function of the transaction receives.',
  },
  /**
   * Each statement that is given to a pool runs on whichever connection is free. What follows a `begin` would run
   * elsewhere and be committed on its own, and another request would run inside the transaction. The connection is
   * closed.
   *
   * ```text
   * await db.execute(sql`begin`)                                        Misuse on a pool
   * await db.transaction(async (tx) => { await tx.execute(insert); })
   * ```
   */
  'sql/begin-on-pool': {
    kind: 'misuse',
    message: 'A statement began a transaction on a pooled connection and left it open.',
    hint: 'Use `transaction`, which holds one connection for all of its statements.',
  },
  /**
   * MySQL sends the rows of a statement one after the other, and accepts no other statement on the connection before the
   * last row is read. A statement on the same connection or transaction inside the loop would wait forever. With a
   * single connection, so would one that is run on the database itself.
   *
   * ```text
   * for await (const row of tx.stream(select)) await tx.execute(update);       Misuse on MySQL
   * for await (const row of db.stream(select)) await db.execute(update);       Misuse on a single client
   * for await (const row of db.stream(select)) await tx.execute(update);       another connection of the pool
   * ```
   */
  'sql/stream-open': {
    kind: 'misuse',
    message: 'A statement was run on a connection that is still streaming rows.',
    hint: 'Read the stream to its end, leave its loop, or use another connection of the pool.',
  },
  /**
   * If the character set lacks a character, the client silently writes another one: `?`, or in `latin1` the low byte,
   * which makes an `a` of U+0161. Two names would be stored, and found, as the same one.
   *
   * ```text
   * mysql.createPool({ charset: 'LATIN1_SWEDISH_CI' })    Misuse
   * mysql.createPool({})                                  utf8mb4
   * ```
   */
  'sql/connection-charset': {
    kind: 'misuse',
    message: "The connection's character set is not utf8mb4.",
    hint: 'Leave out `charset` or set it to `utf8mb4`, and run no `set names` for another one. Tables may have any.',
  },
  /**
   * With autocommit off, MySQL opens a transaction for each statement, and nobody commits it. A change that seemed to
   * succeed is lost when the connection is closed or returned. `transaction` works on a pool, because it begins and
   * commits itself.
   *
   * ```text
   * set global autocommit = 0, or in `init_connect`, or in pool.on('connection')     Misuse at the first change
   * set autocommit = 1                                                               the server's default
   * ```
   */
  'sql/autocommit-off': {
    kind: 'misuse',
    message:
      'A statement ran on a connection with autocommit off, in a transaction that nobody would commit.',
    hint: "Leave autocommit on for the application's connections, and use `transaction` for several statements.",
  },
  /**
   * The connection settings are checked when the application starts. The error names the variable or the file, never
   * the value, because it may contain a password.
   *
   * ```ts
   * import { connectionSettings } from 'bulwark/sql/connection';
   *
   * connectionSettings({ env: 'DATABASE_URL' });
   * // Misuse if it is not set, is not a URL, lacks the user or database, or has an unknown parameter
   * ```
   */
  'sql/connection-settings': {
    kind: 'misuse',
    message: 'The settings of the database connection are not valid.',
    hint: 'A URL is postgres://user:password@host:port/database, or mysql:. Encode %, /, ?, #, @ and : in a password.',
  },
  /**
   * A connection to another machine without TLS, or with TLS that does not verify the server, gives the password and
   * every row to a man in the middle. `prefer` and `allow` do not help: the attacker simply turns TLS off.
   *
   * ```text
   * postgres://app@db.example.com/shop?sslmode=prefer           Misuse
   * postgres://app@db.example.com/shop?sslmode=verify-full      also without sslmode; `caFile` names a CA of your own
   * postgres://app@localhost/shop?sslmode=disable
   * ```
   */
  'sql/plaintext-connection': {
    kind: 'misuse',
    message: 'The connection to the database would not use verified TLS.',
    hint: 'Leave `sslmode` out and name the CA with `caFile`. On a network that you trust, set `allowPlaintext: true`.',
  },
} as const;
