/** What the helpers of the `sql` tag refuse: lists, rows, columns, cursors, JSON paths. */
export interface SqlHelperDetail {
  'sql/wrong-type': { column: string; wants: string; got: string };
  'sql/unknown-column': { table: string; key: string };
  'sql/nothing-to-set': { table: string };
  'sql/no-rows': { table: string };
  'sql/bad-cursor': { reason: string };
  'sql/invalid-json-path': { reason: string };
}

export const sqlHelperCodes = {
  /**
   * A record has a value that its column does not take: another type, or null in a column without NULL. Types are gone at
   * run time, and a client sends what it likes. MySQL and SQLite would silently convert the value.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { body: any };
   * const users = sql.table('users', { email: 'string', born: 'date | null' });
   * sql`update users set ${sql.set(users, ['born'], req.body)} where ${users.email} = ${'ann@example.com'}`;
   * // {"born": "1990-04-01"} or {"born": null}: fine; {"born": 7}, {"born": "today"}: Refusal sql/wrong-type
   * ```
   */
  'sql/wrong-type': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 1287,
    owasp: 'A05:2025',
    message: 'A value does not have the type of its column.',
    hint: 'Check types where the request comes in. If the table takes such values, change the type in `sql.table`.',
  },
  /**
   * A record has a key that is not on the list of columns that may be written. Someone tries to write more than the form
   * offers, such as `{"name": "Ann", "admin": true}` (mass assignment), or the form has a field too many.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { body: any };
   * const users = sql.table('users', { id: 'integer | default', name: 'string', admin: 'boolean | default' });
   * sql`update users set ${sql.set(users, ['name'], req.body)} where ${users.id} = ${7}`;
   * // {"name": "Ann", "admin": true}: Refusal sql/unknown-column
   * sql`update users set ${sql.set(users, ['name'], req.body, { extra: 'ignore' })} where ${users.id} = ${7}`;
   * // the same: update users set "name" = $1 where "users"."id" = $2
   * ```
   */
  'sql/unknown-column': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 915,
    owasp: 'A08:2025',
    message: 'A record has a key that is not one of the columns that may be written.',
    hint: 'If clients may write the column, add it to the list. `{ extra: "ignore" }` drops such keys.',
  },
  /**
   * A record for an update has none of the columns that may be written, and `set` needs at least one.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * const users = sql.table('users', { id: 'integer | default', name: 'string' });
   * sql`update users set ${sql.set(users, ['name'], {})} where ${users.id} = ${7}`; // Refusal sql/nothing-to-set
   * ```
   */
  'sql/nothing-to-set': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'A record for an update has none of the columns that may be written.',
    hint: 'Require at least one field where the request comes in, or answer without an update.',
  },
  /**
   * An insert was given an empty list of records, and `values` needs at least one. Clients send empty lists.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const tags: readonly { name: string }[];
   * const table = sql.table('tags', { name: 'string' });
   * if (tags.length > 0) sql`insert into ${table} ${sql.values(table, ['name'], tags)}`;
   * ```
   */
  'sql/no-rows': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'There is no record to insert.',
    hint: 'Require at least one record where the request comes in, or run no statement if there is none.',
  },
  /**
   * A client sent a cursor that `sql.keyset` did not make for this order: it was cut off, forged, or kept from a list
   * with another order. With a secret, also one that another secret sealed.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { query: { after?: unknown } };
   * const columns = { id: { column: 'p.id', type: 'integer' } } as const;
   * sql.keyset(columns, { unique: 'id', after: req.query.after, size: 20 });
   * // none, or `next` of the previous page: fine; 'WyJpZCIsImEiXQ' (["id","a"]): Refusal sql/bad-cursor
   * ```
   */
  'sql/bad-cursor': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'A cursor was not made for this list in this order.',
    hint: 'A client that changes the order starts at the first page, without a cursor.',
  },
  /**
   * A path into a JSON column has no step or too many, a key that is too long, or a number that is not an index. Clients
   * may write paths, and each step costs work.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * sql.jsonPath('u.settings', ['theme', 0]); // fine
   * sql.jsonPath('u.settings', ['theme', -1]); // Refusal sql/invalid-json-path
   * ```
   */
  'sql/invalid-json-path': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'A path into a JSON column is not valid.',
    hint: 'A path is a list of 1 to 16 steps: keys of at most 512 characters, and indexes counted from 0.',
  },
  /**
   * The columns of `sql.keyset` are not valid, or the statement lacks one of its parts: without `key` in the select list,
   * nobody knows where the next page starts.
   *
   * ```text
   * sql`select name from users where ${page.where} ${page.orderBy} ${page.limit}`                  Misuse in page.take
   * sql`select name, ${page.key} from users where ${page.where} ${page.orderBy} ${page.limit}`
   * ```
   */
  'sql/invalid-keyset': {
    kind: 'misuse',
    message: 'The columns of `sql.keyset` are not valid, or the statement lacks one of its parts.',
    hint: 'Each column is { column, type }, with `nulls` if it can be NULL. A statement has key, where, orderBy and limit.',
  },
  /**
   * A table is used with a column that it does not have, with one twice, or without one that an insert needs. The
   * developer wrote these lists.
   *
   * ```text
   * const users = sql.table('users', { email: 'string', name: 'string | null' });
   * sql`select ${users.mail} from ${users}`                                      Misuse, and does not compile
   * sql`insert into ${users} ${sql.values(users, ['name'], rows)}`               Misuse, and does not compile
   * sql`insert into ${users} ${sql.values(users, ['email', 'name'], rows)}`
   * ```
   */
  'sql/wrong-columns': {
    kind: 'misuse',
    message: 'A table is used with columns that it does not have, or without one that it needs.',
    hint: 'Name columns of `sql.table`, each once. A column that an insert may leave out says `| null` or `| default` there.',
  },
  /**
   * The type of a column in `sql.table` is unknown, or the table has no column.
   *
   * ```text
   * sql.table('users', { name: 'varchar' })                           Misuse, and does not compile
   * sql.table('users', { id: 'integer | default', name: 'string | null' })
   * ```
   */
  'sql/invalid-column': {
    kind: 'misuse',
    message: 'A column of a table has an unknown type.',
    hint: 'Types are string, integer, number, decimal, boolean, date, bytes, json and any, with [] for lists, then ` | null`, then ` | default`.',
  },
} as const;
