import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { sql } from '../index.ts';
import { forPg } from '../pg/index.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const written = (value: unknown): unknown => forPg(sql`select ${sql.json(value)}`).values[0];

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

const circle: { self?: unknown } = {};
circle.self = circle;

describe('json', () => {
  it.each([
    [{ a: [1, 'two', null] }, '{"a":[1,"two",null]}'],
    ["' or 1=1", '"\' or 1=1"'],
    [null, 'null'],
    [{ a: [null, 1e308, 'null'] }, '{"a":[null,1e+308,"null"]}'],
    ['text about \\u0000', '"text about \\\\u0000"'],
    ['\ud83d\udc4d', '"\ud83d\udc4d"'],
    [{ ['\\']: '\\\\' }, '{"\\\\":"\\\\\\\\"}'],
  ])('writes %j', (value, text) => {
    expect(written(value)).toBe(text);
  });

  it.each([
    ['undefined', undefined, 'sql/missing-value'],
    ['NUL', { a: '\0' }, 'sql/unstorable-text'],
    ['NUL behind a backslash', '\\\0', 'sql/unstorable-text'],
    ['NUL in a name', { '\0': 1 }, 'sql/unstorable-text'],
    ['an infinite number', Number.POSITIVE_INFINITY, 'sql/invalid-value'],
    ['a number that is too large', JSON.parse('{"a":[null,1e999]}'), 'sql/invalid-value'],
    ['NaN', [Number.NaN], 'sql/invalid-value'],
    ['half of a pair', ['\ud83d'], 'sql/unstorable-text'],
    ['what is nested too deep', nested(200_000), 'sql/invalid-value'],
    ['what is nested a little too deep', nested(10_001), 'sql/invalid-value'],
  ])('refuses %s', (_, value, code) => {
    expect(() => written(value)).toThrow(expect.objectContaining({ name: 'Refusal', code }));
  });

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a bigint', { a: 1n }],
    ['a circle', circle],
  ])('does not write %s', (_, value) => {
    expect(() => written(value)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'sql/unsupported-value' }),
    );
  });

  it('writes what is nested deep', () => {
    expect(written(nested(2000))).toHaveLength(4000);
  });

  it('is looked at in time that grows with its length', () => {
    expect(written('\\'.repeat(3_000_000))).toHaveLength(6_000_002);
  });
});
