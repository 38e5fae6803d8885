import { sql as drizzleSql } from 'drizzle-orm';
import * as my from 'drizzle-orm/mysql-core';
import * as pg from 'drizzle-orm/pg-core';
import * as lite from 'drizzle-orm/sqlite-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { postgres } from '../dialect/postgres.ts';
import { sql, type Table } from '../index.ts';
import { render } from '../render/render.ts';
import { shapeOf } from '../table/table-shape.ts';
import { fromDrizzle } from './schema.ts';

/** What the running program knows of a table, in the words of `sql.table`. */
function words(table: unknown): Record<string, string> {
  return Object.fromEntries(
    [...shapeOf(table).columns.values()].map(({ key, base, list, nullable, default: given }) => {
      return [key, `${base}${list ? '[]' : ''}${nullable ? ' | null' : ''}${given ? ' | default' : ''}`];
    }),
  );
}

describe('a table of Drizzle', () => {
  it('is one for statements, on PostgreSQL', () => {
    const mood = pg.pgEnum('mood', ['sad', 'glad']);
    const table = fromDrizzle(
      pg.pgSchema('shop').table('people', {
        id: pg.serial().primaryKey(),
        always: pg.integer().generatedAlwaysAsIdentity(),
        fullName: pg.text('full_name').notNull(),
        age: pg.smallint(),
        big: pg.bigint({ mode: 'bigint' }).notNull(),
        small: pg.bigint({ mode: 'number' }).notNull(),
        price: pg.numeric({ precision: 10, scale: 2 }).notNull().default('0'),
        count: pg.numeric({ mode: 'number' }),
        ratio: pg.doublePrecision(),
        ok: pg.boolean().notNull().default(false),
        made: pg.timestamp().defaultNow().notNull(),
        seen: pg.timestamp({ mode: 'string' }),
        day: pg.date(),
        data: pg.jsonb(),
        tags: pg.text().array(),
        span: pg.interval(),
        who: pg.uuid().defaultRandom(),
        key: pg
          .text()
          .$defaultFn(() => 'x')
          .notNull(),
        mood: mood(),
        total: pg.integer().generatedAlwaysAs(drizzleSql`1`),
      }),
    );
    const expected = {
      id: 'integer | default',
      always: 'integer | default',
      fullName: 'string',
      age: 'integer | null',
      big: 'integer',
      small: 'integer',
      price: 'decimal | default',
      count: 'decimal | null',
      ratio: 'number | null',
      ok: 'boolean | default',
      made: 'date | default',
      seen: 'string | null',
      day: 'string | null',
      data: 'json | null',
      tags: 'any[] | null',
      span: 'string | null',
      who: 'string | null | default',
      key: 'string',
      mood: 'string | null',
      total: 'integer | null | default',
    } as const;
    expectTypeOf(table).toEqualTypeOf<Table<typeof expected>>();
    expect(words(table)).toEqual(expected);
    const rows = [{ fullName: 'Ann', big: 1n, small: 2, key: 'k' }];
    const query = sql`insert into ${table} ${sql.values(table, ['fullName', 'big', 'small', 'key'], rows)} returning ${table.fullName}`;
    expect(render(query, postgres)).toMatchObject({
      text:
        'insert into "shop"."people" ("full_name", "big", "small", "key") values ($1, $2, $3, $4) ' +
        'returning "shop"."people"."full_name"',
      values: ['Ann', 1n, 2, 'k'],
    });
    // @ts-expect-error the database's name is not the record's
    expect(() => table.full_name).toThrow(expect.objectContaining({ code: 'sql/wrong-columns' }));
  });

  it('is one for statements, on MySQL', () => {
    const table = fromDrizzle(
      my.mysqlTable('people', {
        id: my.int().autoincrement().primaryKey(),
        serial: my.serial(),
        name: my.varchar({ length: 20 }).notNull(),
        tiny: my.tinyint(),
        year: my.year(),
        price: my.decimal(),
        ratio: my.float(),
        ok: my.boolean(),
        made: my.datetime(),
        data: my.json(),
        kind: my.mysqlEnum(['a', 'b']),
      }),
    );
    const expected = {
      id: 'integer | default',
      serial: 'integer | default',
      name: 'string',
      tiny: 'integer | null',
      year: 'integer | null',
      price: 'decimal | null',
      ratio: 'number | null',
      ok: 'boolean | null',
      made: 'date | null',
      data: 'json | null',
      kind: 'string | null',
    } as const;
    expectTypeOf(table).toEqualTypeOf<Table<typeof expected>>();
    expect(words(table)).toEqual(expected);
  });

  it('is one for statements, on SQLite', () => {
    const table = fromDrizzle(
      lite.sqliteTable('people', {
        id: lite.integer().primaryKey({ autoIncrement: true }),
        name: lite.text().notNull(),
        data: lite.text({ mode: 'json' }),
        ok: lite.integer({ mode: 'boolean' }),
        made: lite.integer({ mode: 'timestamp' }),
        ratio: lite.real(),
        price: lite.numeric(),
        raw: lite.blob({ mode: 'buffer' }),
        big: lite.blob({ mode: 'bigint' }),
        blob: lite.blob({ mode: 'json' }),
      }),
    );
    const expected = {
      id: 'integer | default',
      name: 'string',
      data: 'json | null',
      ok: 'boolean | null',
      made: 'integer | null',
      ratio: 'number | null',
      price: 'decimal | null',
      raw: 'bytes | null',
      big: 'bytes | null',
      blob: 'bytes | null',
    } as const;
    expectTypeOf(table).toEqualTypeOf<Table<typeof expected>>();
    expect(words(table)).toEqual(expected);
  });

  it('is made of nothing else', () => {
    const people = pg.pgTable('people', { id: pg.integer().notNull() });
    expect(render(sql`select 1 from ${fromDrizzle(pg.alias(people, 'p'))}`, postgres).text).toBe(
      'select 1 from "people"',
    );
    for (const wrong of [{}, { _: {} }, JSON.parse('{"drizzle:OriginalName": "people"}')]) {
      expect(() => fromDrizzle(wrong)).toThrow(expect.objectContaining({ code: 'sql/wrong-columns' }));
    }
    expect(() => fromDrizzle(pg.pgTable('a"b', { id: pg.integer() }))).toThrow(
      expect.objectContaining({ code: 'sql/invalid-name' }),
    );
    expect(() => fromDrizzle(pg.pgTable('a', { id: pg.integer('x.y') }))).toThrow(
      expect.objectContaining({ code: 'sql/invalid-name' }),
    );
    // @ts-expect-error a string
    expect(() => fromDrizzle('people')).toThrow(expect.objectContaining({ code: 'sql/wrong-columns' }));
  });
});
