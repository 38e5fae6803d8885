import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import { describe, expect, it } from 'vitest';
import { postgres } from '../dialect/postgres.ts';
import { sql } from '../index.ts';
import { render } from '../render/render.ts';
import { tableOf } from './schema.ts';

interface Database {
  'shop.person': {
    id: Generated<number>;
    key: GeneratedAlways<string>;
    email: string;
    name: string | null;
    kind: 'a' | 'b';
    born: ColumnType<Date, Date | string, Date | string> | null;
    made: ColumnType<Date, string | undefined, never>;
    price: ColumnType<string, number | string, number | string>;
    big: ColumnType<string, bigint | number | string, bigint | number | string>;
    data: JSONColumnType<{ a: number }>;
    raw: Buffer;
    tags: string[];
    ok: boolean;
    note: Generated<string | null>;
  };
}

const define = tableOf<Database>();

describe('a table of Kysely', () => {
  it('has the columns that its interface has', () => {
    const person = define('shop.person', {
      id: 'integer | default',
      key: 'string | default',
      email: 'string',
      name: 'string | null',
      kind: 'string',
      born: 'date | null',
      made: 'date | default',
      price: 'decimal',
      big: 'integer',
      data: 'json',
      raw: 'bytes',
      tags: 'string[]',
      ok: 'boolean',
      note: 'string | null | default',
    });
    expect(Object.keys(person).length).toBe(14);
    const some = define('shop.person', { email: 'string', ok: 'any' });
    const rows = [{ email: 'a', ok: true }];
    expect(
      render(sql`insert into ${some} ${sql.values(some, ['email', 'ok'], rows)}`, postgres),
    ).toMatchObject({
      text: 'insert into "shop"."person" ("email", "ok") values ($1, $2)',
      values: ['a', true],
    });
  });

  it('has no others, and no other types', () => {
    // @ts-expect-error no table
    define('shop.people', { email: 'string' });
    // @ts-expect-error no column
    define('shop.person', { mail: 'string' });
    // @ts-expect-error no column beside one
    define('shop.person', { email: 'string', mail: 'string' });
    // @ts-expect-error a string is not an integer
    define('shop.person', { email: 'integer' });
    // @ts-expect-error a number is not a string
    define('shop.person', { id: 'string | default' });
    // @ts-expect-error it has a default
    define('shop.person', { id: 'integer' });
    // @ts-expect-error it takes null
    define('shop.person', { name: 'string' });
    // @ts-expect-error it takes no null
    define('shop.person', { email: 'string | null' });
    // @ts-expect-error it has no default
    define('shop.person', { email: 'string | default' });
    // @ts-expect-error a list
    define('shop.person', { tags: 'string' });
    // @ts-expect-error not a list
    define('shop.person', { email: 'string[]' });
    // @ts-expect-error bytes
    define('shop.person', { raw: 'string' });
    // @ts-expect-error no type
    expect(() => define('shop.person', { email: 'text' })).toThrow(
      expect.objectContaining({ code: 'sql/invalid-column' }),
    );
    const person = define('shop.person', { id: 'integer | default' });
    // @ts-expect-error it was left out
    expect(() => person.email).toThrow(expect.objectContaining({ code: 'sql/wrong-columns' }));
  });
});
