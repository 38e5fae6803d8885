interface ValueDetail {
  /** What it was instead: `object`, `nested list`, `NaN`, ... */
  type: string;
  /** The first names in an object. */
  keys?: string;
  /** Which hole of the template, counted from 1. */
  hole?: number;
  /** The start of the template. */
  statement?: string;
  /** The column that a record gave it for. */
  column?: string;
}

export interface SqlDetail {
  'sql/object-as-value': ValueDetail;
  'sql/missing-value': ValueDetail;
  'sql/invalid-value': ValueDetail;
  'sql/unstorable-text': ValueDetail;
  'sql/unknown-identifier': { name: string };
  'sql/unknown-sort-key': { key: string };
  'sql/too-large': { values: number; characters: number };
}

export const sqlCodes = {
  /**
   * A hole was given an object, or a list within a list. A client can send one wherever a query string or a JSON body
   * is parsed (`{"password": {"password": 1}}`), and drivers that turn objects into SQL text have been bypassed with
   * it (CVE-2016-20018 in knex, mysqljs/mysql#2554). So this is a client's error.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { body: Record<string, any> };
   * sql`select id from users where name = ${req.body.name}`; // Refusal sql/object-as-value for {"name": {"a": 1}}
   * ```
   *
   * Check the type where the request comes in. An object that is to be stored is JSON, and says so:
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const settings: object;
   * sql`update users set settings = ${sql.json(settings)} where id = ${7}`;
   * ```
   */
  'sql/object-as-value': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 89,
    owasp: 'A05:2025',
    message: 'An object was given where an SQL statement takes one value.',
    hint: 'Check the type of the value where the request comes in, or store it with `sql.json(value)`.',
  },
  /**
   * A hole was given `undefined`: most often a field that the client left out. Drivers send NULL for it, and a
   * condition, or a row, then says something that nobody wrote.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { query: Record<string, any> };
   * sql`select id from orders where customer = ${req.query.customer}`; // Refusal sql/missing-value without ?customer=
   * ```
   *
   * Where the field may be left out, say what that means: `null`, or no condition at all.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { query: Record<string, string | undefined> };
   * const { customer } = req.query;
   * sql`select id from orders where ${sql.and(customer && sql`customer = ${customer}`)}`;
   * ```
   */
  'sql/missing-value': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'A value for an SQL statement is missing.',
    hint: 'Ask for the field where the request comes in, or write `null` if that is what a missing one means.',
  },
  /**
   * A number that is none (`Number('abc')` is NaN), an infinite one, a date that is none, JSON nested too deep to be
   * written, or a value in the place of a condition. PostgreSQL would sort NaN above every number, so that
   * `price <= NaN` holds for all of them.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { query: Record<string, string> };
   * sql`select id from products where price <= ${Number(req.query.max)}`; // Refusal sql/invalid-value for ?max=abc
   * ```
   *
   * In `sql.and` and `sql.or` a 0 is either a value or a missing condition:
   *
   * ```text
   * sql.and(max && sql`price <= ${max}`)                        Refusal where max is 0
   * sql.and(max !== undefined && sql`price <= ${max}`)
   * ```
   */
  'sql/invalid-value': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message:
      'A value for an SQL statement is not a number, not a date, nested too deep, or in the place of a condition.',
    hint: 'Check the value where the request comes in; `Number(text)` is NaN for text that is not a number.',
  },
  /**
   * PostgreSQL stores no NUL, and half of a surrogate pair cannot be written in UTF-8: drivers make U+FFFD of it, and
   * two different names become the same one.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * sql`select id from users where name = ${'ann\0'}`; // Refusal sql/unstorable-text
   * ```
   */
  'sql/unstorable-text': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 158,
    owasp: 'A05:2025',
    message:
      'A text for an SQL statement holds a NUL or half of a surrogate pair, which the database cannot store.',
    hint: 'Bytes go into a column of type bytea, as a Uint8Array. In other text, refuse these characters at the door.',
  },
  /**
   * The name of a table or column is not in the list of those that may be used.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * sql`select * from ${sql.identifier('pg_shadow', ['users', 'orders'])}`; // Refusal sql/unknown-identifier
   * ```
   */
  'sql/unknown-identifier': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 89,
    owasp: 'A05:2025',
    message: 'A name that is not allowed was given for a table or column.',
    hint: 'If the name is meant, add it to the list that `sql.identifier` takes.',
  },
  /**
   * A client asked for an order that is not offered. It gets the order of the keys that are, or else the default one:
   * sorting is no reason to refuse a request. The event shows a broken link, or somebody trying.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * sql.orderBy('pasword,-price', { price: 'price', name: 'name' }, { default: 'name' }); // order by "price" desc
   * ```
   */
  'sql/unknown-sort-key': {
    kind: 'notice',
    severity: 'low',
    cwe: 89,
    owasp: 'A05:2025',
    message: 'A client asked for an order that is not offered, and got another one.',
    hint: 'If the key is meant, add it to the columns that `sql.orderBy` takes.',
  },
  /**
   * PostgreSQL takes 65,535 values in one statement. Drivers count them in 16 bits, and what is beyond that would be
   * read as another message of the protocol (as in CVE-2024-27304). A gigabyte of text is too much in the same way.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   * import { forPg } from 'bulwark/sql/pg';
   *
   * const ids = Array.from({ length: 70_000 }, (_, id) => id);
   * forPg(sql`select 1 where 1 in (${sql.join(ids)})`); // Refusal sql/too-large
   * forPg(sql`select 1 where 1 = any(${ids})`); // one value
   * ```
   */
  'sql/too-large': {
    kind: 'refusal',
    status: 413,
    severity: 'medium',
    cwe: 770,
    owasp: 'A05:2025',
    message: 'An SQL statement has more values, or more text, than the database takes at once.',
    hint: 'Bound the list where the request comes in, or bind it as one value, for `= any(...)`.',
  },
  /**
   * Something else than a statement of the `sql` tag was given where one is run. A string may have been built from what
   * a client sent; nobody can tell afterwards.
   *
   * ```text
   * db.all(`select * from users where id = ${id}`)       // does not compile
   * db.all(sql`select * from users where id = ${id}`)
   * ```
   */
  'sql/string-built-query': {
    kind: 'misuse',
    message: 'Only statements that the `sql` tag made can be run.',
    hint: 'Write the statement as sql`...`; for text from elsewhere there is `trustedSql` in bulwark/unsafe/sql.',
  },
  /**
   * `sql` was called as a function, or with strings that do not come from a template.
   *
   * ```text
   * sql([text])       Misuse
   * sql`select 1`
   * ```
   */
  'sql/not-a-template': {
    kind: 'misuse',
    message: '`sql` is a tag for templates, and was called as a function.',
    hint: 'Write sql`...`, without parentheses. A compiler that targets ES5 breaks tags: target ES2015 or later.',
  },
  /**
   * Inside quotes a placeholder is text: the server sees `'$1'` and no value. A literal in dollar quotes is one, too.
   *
   * ```text
   * sql`select id from users where name = '${name}'`              Misuse
   * sql`select id from users where name = ${name}`
   * sql`select id from users where name like '%${part}%'`         Misuse
   * sql`select id from users where name like ${contains(part)}`
   * sql`select now() - interval '${days} days'`                   Misuse
   * sql`select now() - ${days} * interval '1 day'`
   * ```
   */
  'sql/hole-in-literal': {
    kind: 'misuse',
    message: 'A hole stands inside a literal, where a placeholder would be text.',
    hint: 'Take the quotes away. For LIKE write `contains(...)`, `startsWith(...)` or `endsWith(...)`.',
  },
  /**
   * What is in a comment does not reach the server's parser, and a value there would have no place.
   *
   * ```text
   * sql`select 1 -- for ${user}`       Misuse
   * ```
   */
  'sql/hole-in-comment': {
    kind: 'misuse',
    message: 'A hole stands inside a comment.',
    hint: 'Take the hole or the comment away.',
  },
  /**
   * In double quotes a placeholder is a part of a name.
   *
   * ```text
   * sql`select "${column}" from users`                                        Misuse
   * sql`select ${sql.identifier(column, ['id', 'name'])} from users`
   * ```
   */
  'sql/hole-in-identifier': {
    kind: 'misuse',
    message: 'A hole stands inside a quoted name, where a placeholder would be a part of the name.',
    hint: 'Take the quotes away and write `sql.identifier(name, [...])`.',
  },
  /**
   * A placeholder that touches a letter, a digit or a dollar sign grows together with it: `t_$1` is one name, and `$12`
   * another placeholder.
   *
   * ```text
   * sql`select * from log_${year}`                                                        Misuse
   * sql`select * from ${sql.identifier(`log_${year}`, ['log_2025', 'log_2026'])}`
   * ```
   */
  'sql/glued-hole': {
    kind: 'misuse',
    message: 'A hole touches a word or a number, and would become a part of it.',
    hint: 'Put a space between them. A name that is put together is one for `sql.identifier(name, [...])`.',
  },
  /**
   * A value cannot name a table or a sort order. `order by $1` sorts by a constant, which is no error and no order.
   *
   * ```text
   * sql`select * from products order by ${sort}`                                                     Misuse
   * sql`select * from products ${sql.orderBy(sort, { price: 'price' }, { default: 'price' })}`
   * ```
   */
  'sql/value-as-syntax': {
    kind: 'misuse',
    message: 'A value stands where SQL takes a table, a sort key or a list.',
    hint: 'The hint of the error says what to write.',
  },
  /**
   * One call, one statement: then nothing that is added to a text can start another one. A semicolon at the end is not
   * needed.
   *
   * ```text
   * sql`delete from a; delete from b`       Misuse
   * ```
   */
  'sql/several-statements': {
    kind: 'misuse',
    message: 'A template holds a semicolon, and one call runs one statement.',
    hint: 'Take a semicolon at the end away; run several statements in several calls.',
  },
  /**
   * Placeholders are written when the statement is. One of your own would be somebody else's value: `$1` on PostgreSQL,
   * `?` on MySQL and SQLite, and `:name`, `@name` and `$name` on SQLite.
   *
   * ```text
   * sql`select * from users where id = $1 and name = ${name}`       Misuse
   * ```
   */
  'sql/own-placeholder': {
    kind: 'misuse',
    message: 'A template holds a placeholder of its own.',
    hint: 'Put the value itself into the template, in a hole where the placeholder stands.',
  },
  /**
   * A literal, a quoted name or a comment is not closed, so that it would swallow what comes after this text.
   *
   * ```text
   * sql`select 'it's'`       Misuse
   * sql`select 'it''s'`
   * ```
   */
  'sql/unclosed-text': {
    kind: 'misuse',
    message: 'A literal, a quoted name or a comment is not closed.',
    hint: 'Close it in the same template. A quote inside a literal is written twice.',
  },
  /**
   * The text is not what it looks like: JavaScript dropped a backslash, a server setting decides where a literal ends,
   * or there are control characters.
   *
   * ```text
   * sql`select name from users where name ~ '^\d+$'`         Misuse: SQL would see '^d+$'
   * sql`select name from users where name ~ '^\\d+$'`
   * ```
   */
  'sql/ambiguous-text': {
    kind: 'misuse',
    message: 'The text of a template is not certain to mean what it looks like.',
    hint: 'A backslash in a template is written twice.',
  },
  /**
   * The statement has no text but comments and white space. Often a condition was meant and the statement forgotten.
   *
   * ```text
   * db.all(sql``)       Misuse
   * ```
   */
  'sql/empty-statement': {
    kind: 'misuse',
    message: 'An SQL statement is empty.',
    hint: 'Give it a statement; `` sql`` `` alone is good as a fragment that adds nothing.',
  },
  /**
   * A function, a symbol, or what JSON cannot express. No client can send one, so the code is wrong.
   *
   * ```text
   * sql`select ${user.name}`       where `name` is a method
   * ```
   */
  'sql/unsupported-value': {
    kind: 'misuse',
    message: 'A value is of a type that no database stores.',
    hint: 'Often a call is missing its parentheses, or a promise its `await`.',
  },
  /**
   * A name in a list of allowed ones, or a sort column, is not a name: one to three parts, separated by dots, each at
   * most 63 bytes, as PostgreSQL cuts off the rest.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * sql.orderBy('age', { age: 'now() - born' }, { default: 'age' }); // Misuse: no, that would be a column's name
   * sql.orderBy('age', { age: sql`now() - born` }, { default: 'age' });
   * ```
   */
  'sql/invalid-name': {
    kind: 'misuse',
    message: 'A string is not the name of a table or column.',
    hint: 'Write an expression as sql`...`; a name has one to three parts, separated by dots.',
  },
  /**
   * The columns for `sql.orderBy` have a key that no client could write, or the default is not one of them.
   *
   * ```text
   * sql.orderBy(sort, { price: 'price' }, { default: 'cost' })       Misuse
   * ```
   */
  'sql/invalid-sort': {
    kind: 'misuse',
    message: 'The columns or the default of `sql.orderBy` make no sense.',
    hint: 'Keys have no comma, no minus in front and no space around them; the default names one or more of them.',
  },
  /**
   * `sql.and` and `sql.or` take fragments, and `sql.join` a list with a fragment between its parts. A function among
   * conditions is one that nobody called.
   *
   * ```text
   * sql.and(isActive)         Misuse where `isActive` is a function
   * sql.and(isActive())
   * ```
   */
  'sql/invalid-part': {
    kind: 'misuse',
    message: 'Something else than an sql`...` fragment was given as a part of a statement.',
    hint: "Parts are fragments; `false`, `null`, `undefined` and '' are left out of conditions.",
  },
  /**
   * `one` promises one row, and `maybe` at most one. More rows than that come from a condition that does not select
   * what its author thought, and quietly taking the first would hide it.
   *
   * ```text
   * await db.one(sql`select * from users where id = ${id}`)         Misuse where there is none
   * await db.maybe(sql`select * from users where id = ${id}`)       undefined where there is none
   * ```
   */
  'sql/not-one-row': {
    kind: 'misuse',
    message: 'A statement that is to give one row gave another number of them.',
    hint: 'Use `maybe` where the row can be missing, and `all` where there can be several.',
  },
  /**
   * The door out asks why, in production too, so that every use can be found and judged.
   *
   * ```text
   * trustedSql('ts_rank(a, b)', { because: '' })       Misuse
   * ```
   */
  'sql/trusted-without-reason': {
    kind: 'misuse',
    message: '`trustedSql` needs the reason why its text can be trusted.',
    hint: "Add `{ because: '...' }` with ten characters or more.",
  },
} as const;
