import { describe, expect, it } from 'vitest';
import { type SqlValue, sql } from '../../lib/sql/index.ts';
import type { SqliteClient } from '../machine/sqlite.ts';
import { temporary } from './temporary.ts';

const date = new Date(1_700_000_000_123);

/** Each kind of value: what SQLite makes of it, and what comes back. */
const values: readonly (readonly [name: string, value: SqlValue, type: string, back: unknown])[] = [
  ['text', "O'Brien", 'text', "O'Brien"],
  ['empty text', '', 'text', ''],
  ['text of other planes', '\u{1f34f}\u00e9', 'text', '\u{1f34f}\u00e9'],
  ['a whole number', 7, 'integer', 7],
  ['a negative one', -7, 'integer', -7],
  ['a fraction', 1.5, 'real', 1.5],
  ['negative zero', -0, 'integer', 0],
  ['the largest safe integer', Number.MAX_SAFE_INTEGER, 'integer', Number.MAX_SAFE_INTEGER],
  ['a whole number beyond', 2 ** 60, 'real', 2 ** 60],
  ['a huge number', 1e300, 'real', 1e300],
  ['the smallest number', 5e-324, 'real', 5e-324],
  ['a bigint', 10n, 'integer', 10],
  ['true', true, 'integer', 1],
  ['false', false, 'integer', 0],
  ['null', null, 'null', null],
  ['a date', date, 'text', '2023-11-14T22:13:20.123Z'],
  ['bytes', new Uint8Array([0, 255, 39]), 'blob', [0, 255, 39]],
  ['bytes in the middle of others', new Uint8Array([9, 1, 2, 9]).subarray(1, 3), 'blob', [1, 2]],
  ['a Buffer', Buffer.from('ab'), 'blob', [97, 98]],
];

export function valueTests(client: SqliteClient): void {
  const open = temporary(client);

  describe('a value', () => {
    it.each(values)('of this kind is bound as it is: %s', async (_, value, type, back) => {
      const { db } = open();
      const row = await db.one<{ value: unknown; type: string }>(
        sql`select ${value} as value, typeof(${value}) as type`,
      );
      const read = row.value instanceof Uint8Array ? [...row.value] : row.value;
      expect([read, row.type]).toEqual([back, type]);
    });

    it('that is a whole number is stored by a column of text as it was written', async () => {
      const { db, exec } = open();
      exec('create table t (code text)');
      await db.execute(sql`insert into t (code) values (${7}), (${'007'})`);
      expect(await db.all(sql`select code from t`)).toEqual([{ code: '7' }, { code: '007' }]);
      expect(await db.all(sql`select code from t limit ${1} offset ${1}`)).toEqual([{ code: '007' }]);
    });

    it('is JSON on purpose', async () => {
      const { db } = open();
      const found = await db.one(
        sql`select json_extract(${sql.json({ a: ["it's"] })}, '$.a[0]') as a, ${sql.json([1])} as whole`,
      );
      expect(found).toEqual({ a: "it's", whole: '[1]' });
    });

    it.each([
      ['a list', [1, 2], 'sql/object-as-value'],
      ['an empty list', [], 'sql/object-as-value'],
      ['an object', { id: 1 }, 'sql/object-as-value'],
      ['an object without a prototype', Object.assign(Object.create(null), { 1: 1 }), 'sql/object-as-value'],
      ['undefined', undefined, 'sql/missing-value'],
      ['NaN', Number.NaN, 'sql/invalid-value'],
      ['a bigint of 64 bits and one', 2n ** 63n, 'sql/invalid-value'],
      ['a negative one', -(2n ** 63n) - 1n, 'sql/invalid-value'],
      ['a date without a time', new Date(Number.NaN), 'sql/invalid-value'],
      ['a date that sorts wrong as text', new Date(8.64e15), 'sql/invalid-value'],
      ['a date before the year 0', new Date(-8.64e15), 'sql/invalid-value'],
      ['NUL', 'a\0b', 'sql/unstorable-text'],
    ])('is refused where it is %s', async (_, value, code) => {
      const { db } = open();
      const ask = async (one: unknown) => db.one(sql`select ${one as SqlValue} as value`);
      await expect(ask(value)).rejects.toMatchObject({ code });
      await expect(ask('neighbour')).resolves.toEqual({ value: 'neighbour' });
    });

    it.each([2n ** 63n - 1n, -(2n ** 63n)])('of 64 bits is bound: %s', async (value) => {
      const { db } = open(undefined, { integers: 'bigint' });
      expect(await db.one(sql`select ${value} as value, ${1} as one`)).toEqual({ value, one: 1n });
    });
  });

  describe('an integer beyond 2^53', () => {
    it('is an error that names its column, and never another integer', async () => {
      const { db } = open();
      const error = { kind: 'other', column: 'big', status: 500 };
      await expect(db.one(sql`select 1 as one, 9007199254740993 as big`)).rejects.toMatchObject(error);
      await expect(db.one(sql`select -9007199254740993 as big`)).rejects.toMatchObject(error);
      expect(await db.one(sql`select 9007199254740991 as big, 9007199254740993.0 as real`)).toEqual({
        ...{ big: 9_007_199_254_740_991, real: 9_007_199_254_740_992 },
      });
    });

    it('is read where integers are bigints', async () => {
      const { db } = open(undefined, { integers: 'bigint' });
      expect(await db.one(sql`select 9007199254740993 as big`)).toEqual({ big: 9_007_199_254_740_993n });
    });
  });
}
