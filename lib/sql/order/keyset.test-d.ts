import { describe, expectTypeOf, it } from 'vitest';
import { type Sql, sql } from '../index.ts';

const columns = {
  id: { column: 'p.id', type: 'integer' },
  price: { column: sql`p.price`, type: 'decimal', nulls: 'last' },
} as const;

describe('sql.keyset', () => {
  it('takes keys of its columns', () => {
    const page = sql.keyset(columns, {
      unique: '-id',
      size: 20,
      default: ['-price', 'id'],
      sort: {},
      after: 7,
    });
    expectTypeOf(page.where).toEqualTypeOf<Sql>();
    const { rows, next } = page.take([{ name: 'Ann', page_key: '' }]);
    expectTypeOf(rows).toEqualTypeOf<Omit<{ name: string; page_key: string }, 'page_key'>[]>();
    expectTypeOf(next).toEqualTypeOf<string | undefined>();
  });

  it('takes nothing else', () => {
    // @ts-expect-error an unknown unique key
    sql.keyset(columns, { unique: 'sku', size: 20 });
    // @ts-expect-error an unknown default
    sql.keyset(columns, { unique: 'id', size: 20, default: 'sku' });
    // @ts-expect-error no unique key
    sql.keyset(columns, { size: 20 });
    // @ts-expect-error no size
    sql.keyset(columns, { unique: 'id' });
    // @ts-expect-error a size in text
    sql.keyset(columns, { unique: 'id', size: '20' });
    // @ts-expect-error a column without a type
    sql.keyset({ id: { column: 'id' } }, { unique: 'id', size: 20 });
    // @ts-expect-error a type that there is not
    sql.keyset({ id: { column: 'id', type: 'bytes' } }, { unique: 'id', size: 20 });
    // @ts-expect-error a place for NULL that there is not
    sql.keyset({ id: { column: 'id', type: 'integer', nulls: 'middle' } }, { unique: 'id', size: 20 });
    // @ts-expect-error rows that are none
    sql.keyset(columns, { unique: 'id', size: 20 }).take('rows');
    // @ts-expect-error another type of secret
    sql.keyset(columns, { unique: 'id', size: 20, secret: 7 });
  });
});

describe('sql.jsonPath, sql.in and sql.orderBy', () => {
  it('take steps, values and places for NULL', () => {
    expectTypeOf(sql.jsonPath('data', ['a', 0])).toEqualTypeOf<Sql>();
    expectTypeOf(sql.in(['a', 1n, new Date()])).toEqualTypeOf<Sql>();
    expectTypeOf(
      sql.orderBy('', { a: { column: 'a', nulls: 'last' }, b: 'b' }, { default: ['-a', 'b'] }),
    ).toEqualTypeOf<Sql>();
  });

  it('take nothing else', () => {
    // @ts-expect-error a path in text
    sql.jsonPath('data', 'a.b');
    // @ts-expect-error an object for a step
    sql.jsonPath('data', [{ a: 1 }]);
    // @ts-expect-error a number for a column
    sql.jsonPath(7, ['a']);
    // @ts-expect-error null in a list
    sql.in([1, null]);
    // @ts-expect-error a value for a list
    sql.in('1,2');
    // @ts-expect-error an object in a list
    sql.notIn([{ id: 1 }]);
    // @ts-expect-error a place for NULL that there is not
    sql.orderBy('', { a: { column: 'a', nulls: 'middle' } }, { default: 'a' });
    // @ts-expect-error an unknown default
    sql.orderBy('', { a: { column: 'a', nulls: 'last' } }, { default: 'b' });
  });
});
