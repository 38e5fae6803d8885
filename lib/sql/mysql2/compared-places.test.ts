import { describe, expect, it } from 'vitest';
import { comparedPlaces } from './compared-places.ts';

/** `1` for what is compared, `0` for what is not, one for each placeholder. */
const shown = (text: string): string => comparedPlaces(text).map(Number).join('');

describe('a placeholder', () => {
  it.each([
    ['select * from t where a = ?', '1'],
    ['select * from t where a <=> ? and b <> ? or c != ? or d >= ?', '1111'],
    ['select * from t where ? = a or ? in (b, c) or ? not like d', '111'],
    ['select * from t where a in (?, ?) and b = (?)', '111'],
    ['select * from t where (a, b) in ((?, ?), (?, ?))', '1111'],
    ['select * from t where (?, ?) = (a, b)', '11'],
    ['select * from t where a between ? and ?', '11'],
    ["select * from t where a = coalesce(?, 'x') or b = if(c, ?, ?) or a = any (select ?)", '1111'],
    ['select * from t where coalesce(?, ?) = a', '11'],
    ['select case a when ? then 1 end, case when a = ? then ? end from t', '110'],
    ['select nullif(a, ?), field(a, ?, ?) from t', '111'],
    ['select * from t where a /* ? */ = /* why */ ? -- ?', '1'],
    ['select * from t limit ? offset ?', '11'],
    ['select * from t limit ?, ?', '11'],
    ['update t set a = ? where token = ?', '01'],
    ['update t set t.a = ?, `b` = ?, c = if(token = ?, ?, d) where e = ?', '00101'],
    ['insert into t (a, b) values (?, ?) on duplicate key update a = ?', '000'],
    ['insert into t set a = ?', '0'],
    ['select a = ?, b = ? from t', '11'],
    ['select coalesce(a, ?), greatest(b - ?, ?), ? from t', '0000'],
    ["select json_set(a, '$.b', ?), @c := ? from t", '00'],
    ['select a from t order by a + ?', '0'],
    ['update t join u on t.token = ? set t.a = ? where u.b = ?', '101'],
  ])('is compared or not: %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('is found in any text in time that grows with its length', () => {
    expect(shown(`${')))((('.repeat(20_000)} = ?`)).toBe('1');
    expect(shown('(?'.repeat(20_000))).toHaveLength(20_000);
  });
});
