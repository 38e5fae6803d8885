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
   * A hole was given an object, or a list where the statement takes one value. A client can send an object wherever a
   * query string or a JSON body is parsed (`{"password": {"password": 1}}`), and drivers that turn objects into SQL text
   * have been bypassed that way (CVE-2016-20018 in knex, mysqljs/mysql#2554). It makes a list by naming a field twice
   * (`?name=a&name=b`); bound as a value, PostgreSQL would store its text, `{"a","b"}`.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { body: Record<string, any> };
   * sql`select id from users where name = ${req.body.name}`; // Refusal sql/object-as-value for {"name": {"a": 1}}
   * ```
   *
   * Check the type where the request comes in. To store an object on purpose, or to compare with a list, say so:
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const settings: object;
   * declare const [ids, tags]: [number[], string[]];
   * sql`update users set settings = ${sql.json(settings)} where id = ${7}`;
   * sql`select name from users where id ${sql.in(ids)}`;
   * sql`insert into posts (tags) values (${tags}::text[])`; // PostgreSQL: a cast says that it is an array
   * ```
   */
  'sql/object-as-value': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 89,
    owasp: 'A05:2025',
    message: 'An object or a list was given where an SQL statement takes one value.',
    hint: 'Check the type of the value where the request comes in. Store an object with `sql.json(value)`, and compare with a list by `sql.in(list)`.',
  },
  /**
   * A hole was given `undefined`, usually because the client left a field out. Drivers send NULL for it, and the
   * condition or the row then means something that the developer did not write.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { query: Record<string, any> };
   * sql`select id from orders where customer = ${req.query.customer}`; // Refusal sql/missing-value without ?customer=
   * ```
   *
   * If the field is optional, say what its absence means: `null`, or no condition.
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
    hint: 'Require the field where the request comes in, or write `null` if a missing field means NULL.',
  },
  /**
   * NaN (what `Number('abc')` is), an infinite number, an invalid date, JSON nested too deep to be written, or a value in
   * place of a condition. PostgreSQL sorts NaN above every number, so that `price <= NaN` would hold for all of them.
   *
   * ```ts
   * import { sql } from 'bulwark/sql';
   *
   * declare const req: { query: Record<string, string> };
   * sql`select id from products where price <= ${Number(req.query.max)}`; // Refusal sql/invalid-value for ?max=abc
   * ```
   *
   * In `sql.and` and `sql.or`, a 0 can be a value or a missing condition:
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
      'A value for an SQL statement is not a finite number, is an invalid date, is nested too deep, or is used as a condition.',
    hint: 'Check the value where the request comes in. `Number(text)` is NaN for text that is not a number.',
  },
  /**
   * PostgreSQL stores no NUL, and a lone surrogate cannot be encoded in UTF-8. Drivers replace it by U+FFFD, so that two
   * different names become the same one.
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
    message: 'Text for an SQL statement contains a NUL or a lone surrogate, which the database cannot store.',
    hint: 'Store bytes in a column of type bytea, as a Uint8Array. Refuse these characters in other text where the request comes in.',
  },
  /**
   * The name of a table or column is not on the list of allowed names.
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
    message: 'The name of a table or column is not on the list of allowed names.',
    hint: 'If the name is legitimate, add it to the list of `sql.identifier`.',
  },
  /**
   * A client asked for a sort key that is not offered. The other keys of the request still apply, or else the default
   * order: no request is refused because of its sort order. The event points to a broken link or to an attack.
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
    message: 'A client asked for a sort key that is not offered. It was ignored.',
    hint: 'If the key is legitimate, add it to the columns of `sql.orderBy`.',
  },
  /**
   * PostgreSQL takes 65,535 values in one statement. Drivers count them in 16 bits, and the server would read the rest as
   * another message of the protocol (as in CVE-2024-27304). A gigabyte of text is too much for the same reason.
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
    message: 'An SQL statement has more values, or more text, than the database takes.',
    hint: 'Limit the length of the list where the request comes in, or bind it as one value with `sql.in(list)`.',
  },
  /**
   * The value that was passed to be run is not a statement of the `sql` tag. A string may contain untrusted input, and
   * afterwards nothing can tell where it is.
   *
   * ```text
   * db.all(`select * from users where id = ${id}`)       // does not compile
   * db.all(sql`select * from users where id = ${id}`)
   * ```
   */
  'sql/string-built-query': {
    kind: 'misuse',
    message: 'Only statements of the `sql` tag can be run.',
    hint: 'Write the statement as sql`...`. For constant text from elsewhere, use `trustedSql` of bulwark/unsafe/sql.',
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
    message: '`sql` is a template tag, and was called as a function.',
    hint: 'Write sql`...` without parentheses. A compiler that targets ES5 breaks tags: target ES2015 or later.',
  },
  /**
   * Inside quotes a placeholder is text: the server sees `'$1'` and no value. The same is true in dollar quotes.
   *
   * ```text
   * sql`select id from users where name = '${name}'`              Misuse
   * sql`select id from users where name = ${name}`
   * sql`select id from users where name like '%${part}%'`         Misuse
   * sql`select id from users where name like ${contains(part)}`
   * sql`select now() - interval '${days} days'`                   Misuse
   * sql`select now() - make_interval(days => ${days})`
   * ```
   */
  'sql/hole-in-literal': {
    kind: 'misuse',
    message: 'A hole is inside a literal, where a placeholder would be text.',
    hint: 'Remove the quotes. For LIKE, write `contains(...)`, `startsWith(...)` or `endsWith(...)`.',
  },
  /**
   * The server ignores comments, so a value there would have no place.
   *
   * ```text
   * sql`select 1 -- for ${user}`       Misuse
   * ```
   */
  'sql/hole-in-comment': {
    kind: 'misuse',
    message: 'A hole is inside a comment.',
    hint: 'Remove the hole or the comment.',
  },
  /**
   * In double quotes a placeholder is part of a name.
   *
   * ```text
   * sql`select "${column}" from users`                                        Misuse
   * sql`select ${sql.identifier(column, ['id', 'name'])} from users`
   * ```
   */
  'sql/hole-in-identifier': {
    kind: 'misuse',
    message: 'A hole is inside a quoted name, where a placeholder would be part of the name.',
    hint: 'Remove the quotes and write `sql.identifier(name, [...])`.',
  },
  /**
   * A placeholder that touches a letter, a digit or a dollar sign joins it: `t_$1` is one name, and `$12` another
   * placeholder.
   *
   * ```text
   * sql`select * from log_${year}`                                                        Misuse
   * sql`select * from ${sql.identifier(`log_${year}`, ['log_2025', 'log_2026'])}`
   * ```
   */
  'sql/glued-hole': {
    kind: 'misuse',
    message: 'A hole touches a word or a number, and would become part of it.',
    hint: 'Put a space between them. For a name made of parts, use `sql.identifier(name, [...])`.',
  },
  /**
   * A value cannot name a table or a sort order. `order by $1` sorts by a constant, which is valid SQL and sorts nothing.
   *
   * ```text
   * sql`select * from products order by ${sort}`                                                     Misuse
   * sql`select * from products ${sql.orderBy(sort, { price: 'price' }, { default: 'price' })}`
   * ```
   */
  'sql/value-as-syntax': {
    kind: 'misuse',
    message: 'A value is used where SQL takes a table, a sort key or a list.',
    hint: 'The hint of the error says what to write.',
  },
  /**
   * One call runs one statement, so nothing that is added to a text can start another one. A semicolon may end the
   * template; it is not sent.
   *
   * ```text
   * sql`delete from a; delete from b`       Misuse
   * ```
   */
  'sql/several-statements': {
    kind: 'misuse',
    message: 'A template contains several statements, but one call runs one.',
    hint: 'Run each statement in its own call, inside `transaction` if they belong together.',
  },
  /**
   * Bulwark writes the placeholders. One of your own would get another value: `$1` on PostgreSQL, `?` on MySQL and
   * SQLite, and `:name`, `@name` and `$name` on SQLite.
   *
   * ```text
   * sql`select * from users where id = $1 and name = ${name}`       Misuse
   * ```
   */
  'sql/own-placeholder': {
    kind: 'misuse',
    message: 'A template contains a placeholder of its own.',
    hint: 'Put the value itself into the template, in a hole in place of the placeholder.',
  },
  /**
   * A literal, a quoted name or a comment is not closed, and would swallow the text behind it.
   *
   * ```text
   * sql`select 'it's'`       Misuse
   * sql`select 'it''s'`
   * ```
   */
  'sql/unclosed-text': {
    kind: 'misuse',
    message: 'A literal, a quoted name or a comment is not closed.',
    hint: 'Close it in the same template. Write a quote inside a literal twice.',
  },
  /**
   * The text may not mean what it seems to: JavaScript dropped a backslash, a server setting decides where a literal
   * ends, or there are control characters.
   *
   * ```text
   * sql`select name from users where name ~ '^\d+$'`         Misuse: SQL would see '^d+$'
   * sql`select name from users where name ~ '^\\d+$'`
   * ```
   */
  'sql/ambiguous-text': {
    kind: 'misuse',
    message: 'The text of a template may not mean what it seems to.',
    hint: 'Write a backslash in a template twice.',
  },
  /**
   * The statement consists of comments and white space. Often a condition was meant, and the statement forgotten.
   *
   * ```text
   * db.all(sql``)       Misuse
   * ```
   */
  'sql/empty-statement': {
    kind: 'misuse',
    message: 'An SQL statement is empty.',
    hint: 'Write a statement. An empty template, `` sql`` ``, is only good as a fragment that adds nothing.',
  },
  /**
   * A function, a symbol, or something that JSON cannot express. No client can send one, so the code is wrong.
   *
   * ```text
   * sql`select ${user.name}`       where `name` is a method
   * ```
   */
  'sql/unsupported-value': {
    kind: 'misuse',
    message: 'No database stores a value of this type.',
    hint: 'Often a call lacks its parentheses, or a promise its `await`.',
  },
  /**
   * An allowed name or a sort column is not a name: one to three parts separated by dots, each at most 63 bytes, because
   * PostgreSQL cuts off the rest.
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
    hint: 'Write an expression as sql`...`. A name has one to three parts, separated by dots.',
  },
  /**
   * The columns of `sql.orderBy` have a key that no client could write, or the default or the unique key is not one of
   * them.
   *
   * ```text
   * sql.orderBy(sort, { price: 'price' }, { default: 'cost' })       Misuse
   * ```
   */
  'sql/invalid-sort': {
    kind: 'misuse',
    message: 'The columns, the default or the unique key of `sql.orderBy` are not valid.',
    hint: 'A key has no comma, no minus in front and no space around it. The default names keys of the columns; `unique` names one that cannot be NULL.',
  },
  /**
   * `sql.and` and `sql.or` take fragments; `sql.join` takes a list, with a fragment between its parts. A function among
   * conditions is one that nobody called.
   *
   * ```text
   * sql.and(isActive)         Misuse where `isActive` is a function
   * sql.and(isActive())
   * ```
   */
  'sql/invalid-part': {
    kind: 'misuse',
    message: 'A part of a statement is not an sql`...` fragment.',
    hint: 'Parts are fragments. Conditions that are `false`, `null`, `undefined` or "" are left out.',
  },
  /**
   * `one` expects one row, and `maybe` at most one. More rows mean that the condition does not select what its author
   * meant, and taking the first row would hide that.
   *
   * ```text
   * await db.one(sql`select * from users where id = ${id}`)         Misuse where there is none
   * await db.maybe(sql`select * from users where id = ${id}`)       undefined where there is none
   * ```
   */
  'sql/not-one-row': {
    kind: 'misuse',
    message: 'A statement that should return one row returned none or several.',
    hint: 'Use `maybe` if the row can be missing, and `all` if there can be several.',
  },
  /**
   * The escape hatch asks for a reason, in production too, so that every use can be found and judged.
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
