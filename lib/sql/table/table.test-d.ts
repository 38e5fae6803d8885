import { describe, expectTypeOf, it } from 'vitest';
import { type Columns, type InsertRow, type Sql, sql, type Table, type UpdateRow } from '../index.ts';

const users = sql.table('shop.users', {
  id: 'integer | default',
  email: 'string',
  name: 'string | null',
  born: 'date | null | default',
  tags: 'string[] | default',
  settings: 'json | null',
  active: 'boolean | default',
});
const u = sql.as(users, 'u');
const row = { email: 'a' };
declare const missing: string | undefined;
declare const rows: readonly InsertRow<typeof users, 'email' | 'name'>[];
// biome-ignore lint/suspicious/noExplicitAny: what Express says of a body
declare const body: any;
declare const unknown: unknown;

describe('a table', () => {
  it('has its columns', () => {
    expectTypeOf(users.email).toEqualTypeOf<Sql>();
    expectTypeOf(u.name).toEqualTypeOf<Sql>();
    expectTypeOf(sql`select ${u.id} from ${u}`).toEqualTypeOf<Sql>();
    expectTypeOf<keyof typeof u>().not.toEqualTypeOf<string>();
    const columns = { id: 'integer' } as const satisfies Columns;
    const named: Table<typeof columns> = sql.table('t', columns);
    expectTypeOf(named.id).toEqualTypeOf<Sql>();
  });

  it('has no others', () => {
    // @ts-expect-error Property 'mail' does not exist
    void users.mail;
    // @ts-expect-error Property 'mail' does not exist
    void u.mail;
    // @ts-expect-error Property 'mail' does not exist
    sql`select ${users.mail} from ${users}`;
    // @ts-expect-error a column by a string that may be any
    void users[missing ?? ''];
    // @ts-expect-error Cannot assign to 'email'
    users.email = sql`x`;
  });

  it('takes known types', () => {
    // @ts-expect-error Type '"varchar"' is not assignable
    sql.table('t', { id: 'varchar' });
    // @ts-expect-error a list of JSON
    sql.table('t', { id: 'json[]' });
    // @ts-expect-error default comes last
    sql.table('t', { id: 'string | default | null' });
    // @ts-expect-error a number
    sql.table('t', { id: 7 });
    // @ts-expect-error a type that may be any
    sql.table('t', { id: missing ?? '' });
    // @ts-expect-error no columns
    sql.table('t');
    // @ts-expect-error a name is a string
    sql.table(7, { id: 'any' });
  });

  it('is not a string, an object or a fragment', () => {
    // @ts-expect-error a string
    sql.as('users', 'u');
    // @ts-expect-error a fragment
    sql.as(sql`users`, 'u');
    // @ts-expect-error a column
    sql.as(users.email, 'u');
    // @ts-expect-error a copy
    sql.values({ email: users.email }, ['email'], [row]);
  });
});

describe('values', () => {
  it('take records of the columns', () => {
    expectTypeOf(sql.values(users, ['email', 'name'], rows)).toEqualTypeOf<Sql>();
    sql.values(users, ['email'], [row, { email: sql`lower(${'A'})` }]);
    sql.values(
      u,
      ['email', 'born', 'tags', 'settings', 'id'],
      [
        { email: 'a', born: new Date(), tags: ['x'], settings: { a: [1] }, id: 1n },
        { email: 'b', born: '2024-01-01', settings: null, id: 7 },
      ],
    );
    sql.values(users, ['email'], body);
    sql.values(users, ['email'], [row], { extra: 'ignore' });
  });

  it('take no others', () => {
    // @ts-expect-error Property 'email' is missing
    sql.values(users, ['email', 'name'], [{ name: 'Ann' }]);
    // @ts-expect-error Property 'email' is missing in the second
    sql.values(users, ['email', 'name'], [row, { name: 'Ann' }]);
    // @ts-expect-error a number is not a string
    sql.values(users, ['email'], [{ email: 7 }]);
    // @ts-expect-error null is not a string
    sql.values(users, ['email'], [{ email: null }]);
    // @ts-expect-error undefined is not a string
    sql.values(users, ['email'], [{ email: missing }]);
    // @ts-expect-error undefined is not null
    sql.values(users, ['email', 'name'], [{ email: 'a', name: missing }]);
    // @ts-expect-error an object is not a string
    sql.values(users, ['email'], [{ email: { a: 1 } }]);
    // @ts-expect-error a number is not a date
    sql.values(users, ['email', 'born'], [{ email: 'a', born: 7 }]);
    // @ts-expect-error a string is not a list
    sql.values(users, ['email', 'tags'], [{ email: 'a', tags: 'x' }]);
    // @ts-expect-error null in a list
    sql.values(users, ['email', 'tags'], [{ email: 'a', tags: [null] }]);
    // @ts-expect-error 1 is not true
    sql.values(users, ['email', 'active'], [{ email: 'a', active: 1 }]);
    // @ts-expect-error 'name' is not among the columns
    sql.values(users, ['email'], [{ email: 'a', name: 'Ann' }]);
    // @ts-expect-error 'admin' is no column
    sql.values(users, ['email'], [{ email: 'a', admin: true }]);
    // @ts-expect-error a record is not a list
    sql.values(users, ['email'], row);
    // @ts-expect-error unknown
    sql.values(users, ['email'], unknown);
    // @ts-expect-error a promise
    sql.values(users, ['email'], Promise.resolve([row]));
    // @ts-expect-error no rows
    sql.values(users, ['email']);
  });

  it('name columns of the table, and all that it needs', () => {
    // @ts-expect-error these columns have no default and are not in the list: "email"
    sql.values(users, ['name'], [{ name: 'Ann' }]);
    // @ts-expect-error these columns have no default and are not in the list: "email"
    sql.values(users, [], [{}]);
    // @ts-expect-error 'mail' is no column
    sql.values(users, ['email', 'mail'], [row]);
    // @ts-expect-error a list that may hold any string
    sql.values(users, [missing ?? ''], [row]);
    // @ts-expect-error a name
    sql.values(users, 'email', [row]);
    // @ts-expect-error an option that there is not
    sql.values(users, ['email'], [row], { extra: 'keep' });
  });
});

describe('set', () => {
  it('takes some of the columns', () => {
    expectTypeOf(sql.set(users, ['name', 'born'], { name: null })).toEqualTypeOf<Sql>();
    sql.set(users, ['name', 'born'], {});
    sql.set(users, ['name'], body);
    sql.set(users, ['id'], { id: sql`${users.id} + 1` });
  });

  it('takes nothing else', () => {
    // @ts-expect-error 'email' is not in the list
    sql.set(users, ['name'], { email: 'a' });
    // @ts-expect-error 'mail' is no column
    sql.set(users, ['mail'], {});
    // @ts-expect-error a number is not a string
    sql.set(users, ['name'], { name: 7 });
    // @ts-expect-error undefined
    sql.set(users, ['name'], { name: missing });
    // @ts-expect-error null where none is taken
    sql.set(users, ['email'], { email: null });
    // @ts-expect-error a list
    sql.set(users, ['name'], [{ name: 'Ann' }]);
    // @ts-expect-error unknown
    sql.set(users, ['name'], unknown);
    // @ts-expect-error a fragment
    sql.set(users, ['name'], sql`name = 'Ann'`);
    // @ts-expect-error no list of columns
    sql.set(users, { name: 'Ann' });
  });
});

describe('upsert', () => {
  const columns = ['email', 'name'] as const;

  it('takes what values take, and columns of them', () => {
    expectTypeOf(
      sql.upsert(users, { columns, rows, conflict: ['email'], update: ['name'] }),
    ).toEqualTypeOf<Sql>();
    sql.upsert(users, { columns: ['email'], rows: [row], conflict: ['email'], update: [] });
  });

  it('takes nothing else', () => {
    // @ts-expect-error 'born' is not among the columns
    sql.upsert(users, { columns, rows, conflict: ['born'], update: [] });
    // @ts-expect-error 'born' is not among the columns
    sql.upsert(users, { columns, rows, conflict: ['email'], update: ['born'] });
    // @ts-expect-error no update
    sql.upsert(users, { columns, rows, conflict: ['email'] });
    // @ts-expect-error no conflict
    sql.upsert(users, { columns, rows, update: ['name'] });
    // @ts-expect-error no conflict
    sql.upsert(users, { columns, rows, conflict: [], update: ['name'] });
    // @ts-expect-error a record without a column
    sql.upsert(users, { columns, rows: [{ name: 'Ann' }], conflict: ['email'], update: [] });
    // @ts-expect-error the column 'email' is needed
    sql.upsert(users, { columns: ['name'], rows: [], conflict: ['name'], update: [] });
  });
});

describe('records', () => {
  it('have types of their own', () => {
    expectTypeOf<InsertRow<typeof users, 'email'>['email']>().toEqualTypeOf<string | Sql>();
    expectTypeOf<UpdateRow<typeof users, 'name'>['name']>().toEqualTypeOf<string | null | Sql | undefined>();
    const all: InsertRow<typeof users> = { email: 'a' };
    const some: UpdateRow<typeof users> = {};
    expectTypeOf(sql.values(users, ['email'], [all as { email: string }])).toEqualTypeOf<Sql>();
    expectTypeOf(sql.set(users, ['name'], some as { name: string })).toEqualTypeOf<Sql>();
    // @ts-expect-error Property 'email' is missing
    const none: InsertRow<typeof users> = {};
    // @ts-expect-error 'admin' is no column
    const more: UpdateRow<typeof users> = { admin: true };
    void [none, more];
  });
});
