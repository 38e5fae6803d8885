import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { sqlPayloads } from '../../testing/corpus/sql.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { type JsonStep, sql } from '../index.ts';
import { render } from '../render/render.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

function write(path: unknown, dialect: Dialect = postgres) {
  const { text, values } = render(sql`select ${sql.jsonPath('u.data', path as JsonStep[])}`, dialect);
  return { text, values };
}

describe('sql.jsonPath', () => {
  it('binds each step on PostgreSQL, as what it is', () => {
    expect(write(['a"b', '0', 0])).toEqual({
      text:
        'select (case when "u"."data" #> cast($1 as text[]) is not null ' +
        'then ("u"."data" -> cast($2 as text) -> cast($3 as text) ->> cast($4 as int)) end)',
      values: [['a"b', '0', '0'], 'a"b', '0', 0],
    });
    expect(write(['a'])).toEqual({ text: 'select ("u"."data" ->> cast($1 as text))', values: ['a'] });
  });

  it('binds a path of quoted keys on MySQL, and asks arrays whether they are', () => {
    expect(write(['a"b', '*', 'c\\'], mysql)).toEqual({
      text:
        "select (case when json_type(json_extract(`u`.`data`, ?)) <> 'NULL' " +
        'then json_unquote(json_extract(`u`.`data`, ?)) end)',
      values: Array(2).fill(String.raw`$."a\"b"."*"."c\\"`),
    });
    expect(write(['a', 1], mysql)).toEqual({
      text:
        "select (case when json_type(json_extract(`u`.`data`, ?)) = 'ARRAY' and json_type(json_extract(`u`.`data`, ?)) <> 'NULL' " +
        'then json_unquote(json_extract(`u`.`data`, ?)) end)',
      values: ['$."a"', '$."a"[1]', '$."a"[1]'],
    });
  });

  it('compares keys on SQLite', () => {
    expect(write(['$.a', 0], sqlite)).toEqual({
      text:
        "select (select case j2.type when 'true' then 'true' when 'false' then 'false' else cast(j2.value as text) end " +
        'from (select `u`.`data` as x) as j0, json_each(j0.x) as j1, ' +
        "json_each(case when j1.type in ('object', 'array') then j1.value end) as j2 where j1.key = ? and j2.key = ?)",
      values: ['$.a', 0],
    });
  });

  it('takes an expression', () => {
    const path = sql.jsonPath(sql`coalesce(data, ${sql.json({})})`, ['a']);
    expect(render(sql`select ${path}`, postgres)).toMatchObject({
      text: 'select ((coalesce(data, $1)) ->> cast($2 as text))',
      values: ['{}', 'a'],
    });
  });

  it.each(sqlPayloads)('has the same text with $kind: $name', ({ payload }) => {
    for (const dialect of [postgres, mysql, sqlite]) {
      const known = write(['x', 'x'], dialect);
      try {
        expect(write([payload, payload], dialect).text).toBe(known.text);
      } catch (error) {
        expect(error).toMatchObject({ name: 'Refusal' });
        expect(payload).toMatch(/[\0\ud800-\udfff]|^-|^.{513}/s);
      }
    }
  });

  it.each([
    ['no step', [], 'sql/invalid-json-path'],
    ['17 steps', Array(17).fill('a'), 'sql/invalid-json-path'],
    ['a million steps', Array(1_000_000).fill('a'), 'sql/invalid-json-path'],
    ['a long key', ['x'.repeat(513)], 'sql/invalid-json-path'],
    ['a negative index', [-1], 'sql/invalid-json-path'],
    ['a broken index', [0.5], 'sql/invalid-json-path'],
    ['a great index', [2 ** 31], 'sql/invalid-json-path'],
    ['a text for a path', 'a.b', 'sql/invalid-json-path'],
    ['no path', undefined, 'sql/invalid-json-path'],
    ['an object for a path', { length: 1, 0: 'a' }, 'sql/invalid-json-path'],
    ['a boolean for a step', [true], 'sql/invalid-json-path'],
    ['a bigint for a step', [1n], 'sql/invalid-json-path'],
    ['an object for a step', [{ a: 1 }], 'sql/object-as-value'],
    ['a list for a step', [['a', 'b']], 'sql/object-as-value'],
    ['a date for a step', [new Date(0)], 'sql/object-as-value'],
    ['null for a step', [null], 'sql/missing-value'],
    ['undefined for a step', [undefined], 'sql/missing-value'],
    ['NaN for a step', [Number.NaN], 'sql/invalid-value'],
    ['a gap', new Array(1), 'sql/missing-value'],
    ['NUL', ['a\0'], 'sql/unstorable-text'],
    ['half of a pair', ['\ud800'], 'sql/unstorable-text'],
  ])('refuses %s', (_, path, code) => {
    expect(() => write(path)).toThrow(expect.objectContaining({ name: 'Refusal', code, status: 400 }));
  });

  it.each([[Array(16).fill('a')], [['x'.repeat(512)]], [[2 ** 31 - 1]], [['']], [['-1']]])(
    'takes %j',
    (path) => {
      expect(() => write(path)).not.toThrow();
    },
  );

  it('refuses on MySQL a key that MariaDB does not find', () => {
    expect(() => write(['-a'], mysql)).toThrow(expect.objectContaining({ code: 'sql/invalid-json-path' }));
    expect(() => write(['a-'], mysql)).not.toThrow();
  });

  it('is a mistake with a column that is none', () => {
    for (const column of ['a" or 1=1', '', undefined, 7]) {
      expect(() => sql.jsonPath(column as string, ['a'])).toThrow(
        expect.objectContaining({ name: 'Misuse', code: 'sql/invalid-name' }),
      );
    }
  });
});
