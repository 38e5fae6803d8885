import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { contains, endsWith, isSql, type Sql, sql, startsWith } from '../index.ts';
import { forPg } from '../pg/index.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const pattern = (of: Sql): unknown => forPg(sql`select 1 where a like ${of}`).values[0];

describe('a LIKE pattern', () => {
  it.each([
    [contains('a'), '%a%'],
    [startsWith('a'), 'a%'],
    [endsWith('a'), '%a'],
    [contains('50%'), '%50\\%%'],
    [contains('a_b'), '%a\\_b%'],
    [contains('a\\'), '%a\\\\%'],
    [contains('\\%'), '%\\\\\\%%'],
    [contains(''), '%%'],
    [contains('$& $1'), '%$& $1%'],
  ])('escapes what is special: %#', (of, expected) => {
    expect(pattern(of)).toBe(expected);
  });

  it.each([
    ['undefined', undefined, 'sql/missing-value'],
    ['null', null, 'sql/missing-value'],
    ['a list', ['a'], 'sql/object-as-value'],
    ['an object', { a: 1 }, 'sql/object-as-value'],
    ['NUL', 'a\0', 'sql/unstorable-text'],
    ['NaN', Number.NaN, 'sql/invalid-value'],
  ])('refuses %s', (_, text, code) => {
    for (const make of [contains, startsWith, endsWith]) {
      expect(() => make(text as string)).toThrow(expect.objectContaining({ code }));
    }
  });

  it('has no escape clause behind it, which would make another character special', () => {
    for (const make of [contains, startsWith, endsWith]) {
      expect(() => sql`select 1 where a like ${make('50%')} /* a */ ESCAPE '!'`).toThrow(
        expect.objectContaining({ name: 'Misuse', code: 'sql/ambiguous-text' }),
      );
    }
    expect(isSql(sql`select 1 where a like ${'50!%'} escape '!' or a like ${contains('50%')}`)).toBe(true);
    expect(isSql(sql`select 1 where a like ${sql`b`} escape '!'`)).toBe(true);
  });
});
