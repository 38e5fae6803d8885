import type { PGlite } from '@electric-sql/pglite';
import type pg from 'pg';
import { describe, expectTypeOf, it } from 'vitest';
import { contains, type Database, type Sql, sql } from './index.ts';
import { database, forPg } from './pg/index.ts';
import { database as databaseOnPglite } from './pglite/index.ts';

declare const db: Database;
declare const text: string;
declare const missing: string | undefined;
declare const columns: { readonly price: 'p.price'; readonly name: Sql };

describe('a hole', () => {
  it('takes values, lists of them and fragments', () => {
    expectTypeOf(
      sql`${text} ${1} ${1n} ${true} ${null} ${new Date()} ${new Uint8Array()}`,
    ).toEqualTypeOf<Sql>();
    expectTypeOf(sql`${[1, 2]} ${['a', null]} ${[] as readonly string[]}`).toEqualTypeOf<Sql>();
    expectTypeOf(sql`${sql`now()`} ${contains(text)} ${sql.json({ a: 1 })}`).toEqualTypeOf<Sql>();
  });

  it('takes nothing else', () => {
    // @ts-expect-error undefined
    sql`${missing}`;
    // @ts-expect-error an object
    sql`${{ a: 1 }}`;
    // @ts-expect-error a promise
    sql`${Promise.resolve(1)}`;
    // @ts-expect-error a function
    sql`${() => 1}`;
    // @ts-expect-error a list of lists
    sql`${[[1]]}`;
    // @ts-expect-error unknown
    sql`${text as unknown}`;
  });

  it('belongs to a template', () => {
    // @ts-expect-error a string
    sql('select 1');
    // @ts-expect-error a list of strings
    sql(['select 1']);
  });
});

describe('a database', () => {
  it('takes statements of the tag', () => {
    expectTypeOf(db.all<{ id: number }>(sql`select id`)).resolves.toEqualTypeOf<{ id: number }[]>();
    expectTypeOf(db.one<{ id: number }>(sql`select id`)).resolves.toEqualTypeOf<{ id: number }>();
    expectTypeOf(db.maybe<{ id: number }>(sql`select id`)).resolves.toEqualTypeOf<
      { id: number } | undefined
    >();
    expectTypeOf(db.execute(sql`delete from a`)).resolves.toBeNumber();
    expectTypeOf(db.all(sql`select id`)).resolves.toEqualTypeOf<Record<string, unknown>[]>();
  });

  it('takes no strings', () => {
    // @ts-expect-error a string
    void db.all('select 1');
    // @ts-expect-error a template without the tag
    void db.all(`select ${text}`);
    // @ts-expect-error a query of pg
    void db.execute({ text: 'select 1', values: [] });
    // @ts-expect-error a string
    forPg('select 1');
  });

  it('stands on what pg and PGlite give', () => {
    expectTypeOf(database).toBeCallableWith({} as pg.Pool);
    expectTypeOf(database).toBeCallableWith({} as pg.Client);
    expectTypeOf(database).toBeCallableWith({} as pg.PoolClient);
    expectTypeOf(databaseOnPglite).toBeCallableWith({} as PGlite);
    expectTypeOf(databaseOnPglite).toBeCallableWith(
      {} as Parameters<Parameters<PGlite['transaction']>[0]>[0],
    );
    expectTypeOf(({} as pg.Pool).query(forPg(sql`select 1`))).resolves.toHaveProperty('rows');
  });
});

describe('orderBy', () => {
  it('takes any input, and a default among the keys', () => {
    expectTypeOf(sql.orderBy(text as unknown, columns, { default: 'price' })).toEqualTypeOf<Sql>();
    expectTypeOf(sql.orderBy(text, columns, { default: ['-price', 'name'] })).toEqualTypeOf<Sql>();
    // @ts-expect-error not a key
    sql.orderBy(text, columns, { default: 'cost' });
    // @ts-expect-error an unknown unique key
    sql.orderBy(text, columns, { default: 'price', unique: 'cost' });
    // @ts-expect-error two unique keys
    sql.orderBy(text, columns, { default: 'price', unique: ['price', 'name'] });
    expectTypeOf(sql.orderBy(text, columns, { default: 'price', unique: '-name' })).toEqualTypeOf<Sql>();
    // @ts-expect-error no default
    sql.orderBy(text, columns, {});
  });
});

describe('conditions', () => {
  it('are fragments or missing', () => {
    expectTypeOf(sql.and(missing && sql`a = ${missing}`, undefined, false)).toEqualTypeOf<Sql>();
    // @ts-expect-error a string
    sql.and(text);
    // @ts-expect-error a number that may be 0
    sql.and(text.length && sql`a`);
    // @ts-expect-error a separator of text
    sql.join([sql`a`], ', ');
  });
});
