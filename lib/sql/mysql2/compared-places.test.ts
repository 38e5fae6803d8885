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
    ['select * from t where row(a, b) = row(?, ?) or (a, b) in (row(?, ?))', '1111'],
    ['select row(?, 1) from t', '0'],
    ['select * from t where a = +? or a = + +? or a = b + ?', '110'],
    ['select * from t where a = (select min(?)) or a = max(?)', '11'],
    ['select min(?), +?, -? from t', '000'],
    ['select * from t where a = -? or a > greatest(?, b)', '00'],
    ['select * from t join (select ? as a, ? b, +? c, ?) i using (a)', '1111'],
    ['select * from t, (select ? + 1 as a, ? mod 2, -?, abs(?) from u where b = ?) i', '00001'],
    ['with i as (select ? as a), j (a) as (select distinct ?) select ?, a from i join j', '110'],
    ['select * from t join (select ? as a union all select ?) i on i.a = t.a', '11'],
    ['select * from t join ((select ? as a) union (select ?)) i on i.a = t.a', '11'],
    ['select * from t join (select ? as a union all select ?) i on i.a = t.a order by i.a', '00'],
    ['select * from t join (select ? as a) i on i.a = t.a order by t.b limit ?', '11'],
    ['with recursive n as (select ? as i union all select i + 1 from n where i < ?) select i from n', '01'],
    ['select * from t join (values (?, ?), (?, ? + 1)) i', '1110'],
    ['select * from t join (values row(?, ?)) i', '11'],
    ['insert into t select ?, ?', '00'],
    ['insert into t values (?, (select ?))', '00'],
    ['select a, (select ?) from t', '0'],
  ])('is compared or not: %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('is found in any text in time that grows with its length', () => {
    expect(shown(`${')))((('.repeat(20_000)} = ?`)).toBe('1');
    expect(shown('(?'.repeat(20_000))).toHaveLength(20_000);
    expect(shown('from (select ?,'.repeat(20_000))).toHaveLength(20_000);
    expect(shown(`from ${'(select +?,'.repeat(9_000)}${')'.repeat(9_000)}`)).toHaveLength(9_000);
    expect(shown(`a = ${'+ '.repeat(100_000)}?`)).toBe('1');
  });
});
