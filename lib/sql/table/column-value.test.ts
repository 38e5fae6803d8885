import { describe, expect, it } from 'vitest';
import { Refusal } from '../../refusal/refusal.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { sql } from '../index.ts';
import { render } from '../render/render.ts';
import type { ColumnType } from './column-type.ts';

function bound(type: ColumnType, value: unknown): unknown {
  const table = sql.table('t', { c: type });
  return render(sql.set(table, ['c'], { c: value } as never), postgres).values[0];
}

const bytes = new Uint8Array([1, 2]);
const day = new Date('2024-02-29');

describe('a column takes', () => {
  it.each<[ColumnType, readonly unknown[]]>([
    ['string', ['', 'a', "x' or '1'='1", '7']],
    ['integer', [0, -1, Number.MAX_SAFE_INTEGER, 2n ** 64n - 1n, -(2n ** 63n)]],
    ['number', [0.5, -0, 1e300, 7n]],
    ['decimal', ['12345678901234567890.10', '-1', 0.5, 7n, '0']],
    ['boolean', [true, false]],
    [
      'date',
      [
        day,
        '2024-02-29',
        '2000-02-29',
        '2024-02-29T23:59:59Z',
        '2024-01-01 00:00',
        '2024-01-01T00:00:00.123456+05:30',
      ],
    ],
    ['bytes', [bytes, Buffer.from('a')]],
    ['any', ['a', 1, 1n, true, day, bytes]],
    ['any[]', [[], ['a', 1, null]]],
    ['string[]', [[], ['a', 'b']]],
    ['integer[]', [[1, 2n]]],
    ['date[]', [[day, '2024-02-29']]],
    ['string | null', ['a', null]],
    ['string[] | null', [['a'], null]],
    ['any | null', ['a', null]],
    ['any[] | null', [['a', null], null]],
    ['json | null', [null]],
  ])('%s', (type, values) => {
    for (const value of values) expect(bound(type, value)).toEqual(value);
  });

  it('an instant in text, which MySQL is given as a Date', () => {
    const table = sql.table('t', { c: 'date' });
    const born = '2024-02-29 23:30:00.123456-0100';
    const query = sql.set(table, ['c'], { c: born });
    expect([postgres, sqlite, mysql].map((dialect) => render(query, dialect).values)).toEqual([
      [born],
      [born],
      [new Date('2024-03-01T00:30:00.123Z')],
    ]);
    expect(render(sql.set(table, ['c'], { c: '2024-02-29' }), mysql).values).toEqual(['2024-02-29']);
  });

  it('json, as its text', () => {
    expect(bound('json', { a: [1, 'b', null] })).toBe('{"a":[1,"b",null]}');
    expect(bound('json', [])).toBe('[]');
    expect(bound('json', 'a')).toBe('"a"');
    expect(bound('json', false)).toBe('false');
  });

  it('a fragment, whatever its type', () => {
    const table = sql.table('t', { n: 'integer' });
    expect(render(sql.set(table, ['n'], { n: sql`${table.n} + ${1}` }), postgres)).toMatchObject({
      text: '"n" = "t"."n" + $1',
      values: [1],
    });
  });
});

describe('a column does not take', () => {
  it.each<[ColumnType, string, readonly unknown[]]>([
    ['string', 'sql/wrong-type', [1, 1n, true, null, day, bytes, ['a']]],
    ['integer', 'sql/wrong-type', ['1', 1.5, 2 ** 53, 2n ** 64n, -(2n ** 63n) - 1n, true, null, [1]]],
    ['number', 'sql/wrong-type', ['1', true, null, day]],
    ['number', 'sql/invalid-value', [Number.NaN, Number.POSITIVE_INFINITY]],
    [
      'decimal',
      'sql/wrong-type',
      ['', 'NaN', '1e5', '1,5', ' 1', '1\n', '+1', '.5', '0x1', '1'.repeat(1001), true],
    ],
    ['boolean', 'sql/wrong-type', [0, 1, 'true', null]],
    [
      'date',
      'sql/wrong-type',
      [
        'today',
        'infinity',
        '2023-02-29',
        '1900-02-29',
        '2024-13-01',
        '2024-00-01',
        '2024-04-31',
        '2024-01-01T24:00',
        '2024-1-1',
        '0000-01-01',
        '2024-01-01\n',
        '20240101',
        '',
        0,
        true,
        null,
        [day],
      ],
    ],
    ['date', 'sql/invalid-value', [new Date(Number.NaN)]],
    ['bytes', 'sql/wrong-type', ['a', 1, null]],
    ['bytes', 'sql/object-as-value', [new Uint16Array(1), new ArrayBuffer(1), { type: 'Buffer', data: [1] }]],
    ['json', 'sql/wrong-type', [null]],
    ['json', 'sql/missing-value', [undefined]],
    ['json', 'sql/unstorable-text', [{ a: '\0' }]],
    ['any', 'sql/wrong-type', [null, ['a'], []]],
    ['any[]', 'sql/wrong-type', [null, 'a']],
    ['any', 'sql/object-as-value', [{}, [[1]], new Map()]],
    ['string[]', 'sql/wrong-type', ['a', null, [1], ['a', null], ['a', 1]]],
    ['string[]', 'sql/missing-value', [[undefined], new Array(1)]],
    ['string[]', 'sql/object-as-value', [[['a']], [{}]]],
    ['date[]', 'sql/wrong-type', [['today']]],
    ['string | null', 'sql/wrong-type', [1]],
    ['string | null', 'sql/missing-value', [undefined]],
    ['string | null | default', 'sql/missing-value', [undefined]],
  ])('%s: %s', (type, code, values) => {
    for (const value of values) {
      expect(() => bound(type, value), String(value)).toThrow(
        expect.objectContaining({ constructor: Refusal, code }),
      );
    }
  });

  it('a function or a symbol, which no client sends', () => {
    for (const value of [() => 1, Symbol('a')]) {
      expect(() => bound('string', value)).toThrow(
        expect.objectContaining({ code: 'sql/unsupported-value' }),
      );
    }
    expect(bound('string', 'a')).toBe('a');
  });
});
