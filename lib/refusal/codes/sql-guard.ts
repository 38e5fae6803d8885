/** A statement with its values left out. */
interface StatementDetail {
  statement: string;
}

/** What the guards of clients that exist already refuse. */
export interface SqlGuardDetail {
  'sql/input-in-text': StatementDetail & {
    /** Where the input came from, such as `query.q`. */
    source: string;
  };
  'sql/stacked-statements': StatementDetail;
  'sql/object-parameter': StatementDetail & {
    /** What it was: `object`, `function`. */
    type: string;
    /** The first names in it. */
    keys: string;
    /** Which value, counted from 1. */
    value: number;
  };
  'sql/nul-in-text': StatementDetail;
  'sql/inspection-too-large': StatementDetail;
  'sql/inputs-incomplete': { strings: number };
}

export const sqlGuardCodes = {
  /**
   * Input from the current request makes up more than one token of a statement's text, or ends the literal, name or
   * comment that contains it. Or it is a word that compares a column with itself (`where id = id`, for `?id=id`) or
   * sorts by a session name. So the client, not the developer, decides what the statement does.
   *
   * ```ts
   * import { guardPg } from 'bulwark/sql/pg';
   * import pg from 'pg';
   *
   * declare const req: { query: { name: string } };
   * const pool = guardPg(new pg.Pool());
   * await pool.query(`select id from users where name = '${req.query.name}'`); // Refusal for ?name=' or 1=1 --
   * await pool.query('select id from users where name = $1', [req.query.name]);
   * ```
   *
   * A statement of the `sql` tag is never refused with this code: its text is the developer's.
   */
  'sql/input-in-text': {
    kind: 'refusal',
    status: 400,
    severity: 'critical',
    cwe: 89,
    owasp: 'A05:2025',
    reportable: true,
    message: 'Input from the request would have become part of an SQL statement.',
    hint: 'Send it as a value separate from the text, or write the statement with the `sql` tag.',
  },
  /**
   * The text contains several statements. Where the server accepts that, an injection can do anything, such as `'; drop
   * table users --`. pg sends a text without values, or with an empty list of them, in a way that runs all statements.
   *
   * ```ts
   * import { guardPg } from 'bulwark/sql/pg';
   * import pg from 'pg';
   *
   * const pool = guardPg(new pg.Pool());
   * await pool.query('delete from carts; delete from sessions'); // Refusal
   * await pool.query('delete from carts;'); // fine: a semicolon may end a statement
   * ```
   */
  'sql/stacked-statements': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 89,
    owasp: 'A05:2025',
    reportable: true,
    message: 'The text sent to the database contains more than one statement.',
    hint: 'Send each statement on its own, in a transaction if they belong together. Run scripts on a client without a guard.',
  },
  /**
   * A value for a statement is a plain object. A client can send one wherever JSON or a query string is parsed, and
   * drivers that write objects into the text made conditions of them: `{"password": {"password": 1}}` was always true
   * (mysqljs/mysql#2554, CVE-2016-20018 in knex).
   *
   * ```ts
   * import { guardMysql2 } from 'bulwark/sql/mysql2';
   * import mysql from 'mysql2/promise';
   *
   * declare const req: { body: { password: string } };
   * const pool = guardMysql2(mysql.createPool('mysql://app@localhost/shop'));
   * await pool.query('select id from users where password = ?', [req.body.password]); // Refusal for an object
   * await pool.query('insert into posts set ?', [{ title: 'x' }]); // behind SET, mysql2 takes a record
   * ```
   */
  'sql/object-parameter': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 89,
    owasp: 'A05:2025',
    reportable: true,
    message: 'An object was given as a value of an SQL statement.',
    hint: 'Check its type where the request comes in. For JSON columns, write `JSON.stringify(value)` or set `jsonObjects`.',
  },
  /**
   * The text contains a NUL. PostgreSQL's protocol ends the text there, and so does MySQL's parser in places: the inspected
   * text would not be the one that runs.
   *
   * ```text
   * pool.query('select 1 \0 or so')                Refusal
   * pool.query('select $1::bytea', [bytes])
   * ```
   */
  'sql/nul-in-text': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 158,
    owasp: 'A05:2025',
    reportable: true,
    message: 'The text of an SQL statement contains a NUL character.',
    hint: 'Send the value separate from the text.',
  },
  /**
   * The request has so many inputs, and they are so similar to parts of the text, that comparing them would take too
   * long. Thousands of inputs that all begin or end like parts of a long text do that.
   *
   * ```text
   * pool.query(`insert into logs values ${thousandsOfQuotedValues}`)            Refusal, if they repeat each other
   * pool.query('insert into logs select * from unnest($1::text[])', [values])
   * ```
   */
  'sql/inspection-too-large': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 770,
    owasp: 'A06:2025',
    reportable: true,
    message: 'The request and an SQL statement are too large to be compared.',
    hint: 'Send the values separate from the text.',
  },
  /**
   * The request contains more input than is compared with statements: over 10,000 different strings, over a megabyte, or
   * more than 32 levels. Statements are compared with the rest. Written once per request.
   *
   * ```text
   * app.use(express.json({ limit: '10mb' }))          the largest requests cause this event
   * app.use(express.json({ limit: '500kb' }))
   * ```
   */
  'sql/inputs-incomplete': {
    kind: 'notice',
    severity: 'medium',
    cwe: 778,
    owasp: 'A09:2025',
    message: 'A request contains more input than the guard of an SQL client compares with its statements.',
    hint: 'Limit the size of bodies, or send all values of the statement separate from its text.',
  },
} as const;
