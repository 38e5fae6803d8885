import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { sqlPayloads } from '../../testing/corpus/sql.ts';
import { sql } from '../index.ts';
import { forPg } from '../pg/index.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const write = (name: unknown, allowed: readonly string[] | Record<string, string>): string =>
  forPg(sql`table ${sql.identifier(name, allowed)}`).text;

describe('identifier', () => {
  it.each([
    ['a name', 'users', ['orders', 'users'], 'table "users"'],
    ['a path', 'shop.orders', ['shop.orders'], 'table "shop"."orders"'],
    ['upper case', 'createdAt', ['createdAt'], 'table "createdAt"'],
    ['a reserved word', 'order', ['order'], 'table "order"'],
    ['a name with a space', 'Order Details', ['Order Details'], 'table "Order Details"'],
    ['letters that are not ASCII', 'gr\u00f6\u00dfe', ['gr\u00f6\u00dfe'], 'table "gr\u00f6\u00dfe"'],
    ['a name by another name', 'people', { people: 'users' }, 'table "users"'],
  ])('accepts %s', (_, name, allowed, text) => {
    expect(write(name, allowed)).toBe(text);
  });

  it.each<readonly [string, unknown]>([
    ['another name', 'pg_shadow'],
    ['other case', 'Users'],
    ['a space behind', 'users '],
    ['a list', ['users']],
    ['an object', { toString: () => 'users' }],
    ['undefined', undefined],
    ['a number', 0],
    ...sqlPayloads.map(({ name, payload }) => [name, payload] as const),
  ])('refuses %s', (_, name) => {
    const refusal = expect.objectContaining({ code: 'sql/unknown-identifier' });
    expect(() => write(name, ['users'])).toThrow(refusal);
    expect(() => write(name, { users: 'users' })).toThrow(refusal);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length', 'at'])(
    'refuses %s, which every object has',
    (name) => {
      expect(() => write(name, { users: 'users' })).toThrow();
      expect(() => write(name, ['users'])).toThrow();
    },
  );

  it.each([
    ['quotes', 'a"b'],
    ['nothing', ''],
    ['an empty part', 'shop.'],
    ['four parts', 'a.b.c.d'],
    ['a space in front', ' users'],
    ['a line break', 'a\nb'],
    ['a NUL', 'a\0b'],
    ['half of a pair', '\ud83d'],
    ['64 bytes', 'x'.repeat(64)],
  ])('does not call a name: %s', (_, name) => {
    expect(() => write(name, [name])).toThrow(expect.objectContaining({ code: 'sql/invalid-name' }));
  });

  it('calls a name what has 63 bytes', () => {
    expect(write('x'.repeat(63), ['x'.repeat(63)])).toContain('x');
  });
});
