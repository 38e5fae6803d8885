import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { isSql, type Sql, sql } from './index.ts';
import { forPg } from './pg/index.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

describe('the tag', () => {
  it('writes a placeholder for each value', () => {
    expect(forPg(sql`select id from users where name = ${"x' or '1'='1"} and age > ${18}`)).toEqual({
      text: 'select id from users where name = $1 and age > $2',
      values: ["x' or '1'='1", 18],
      queryMode: 'extended',
    });
  });

  it('splices fragments in, and numbers placeholders across them', () => {
    const adult = sql`age > ${18}`;
    const query = sql`select ${1}::int from users where ${adult} and (${adult}) limit ${5}`;
    expect(forPg(query)).toMatchObject({
      text: 'select $1::int from users where age > $2 and (age > $3) limit $4',
      values: [1, 18, 18, 5],
    });
  });

  it.each([
    [sql`select 1 -${sql`-1`}`, 'select 1 - -1'],
    [sql`select 2 /${sql`* 3`}`, 'select 2 / * 3'],
    [sql`select 'a'${sql`'b'`}`, "select 'a' 'b'"],
    [sql`select 1 -${sql``}-1`, 'select 1 - -1'],
    [sql`select ${1}${sql`2`}`, 'select $1 2'],
    [sql`select ${1}${2}`, 'select $1 $2'],
    [sql`select ${sql`1 -- one`}, 2`, 'select 1 -- one\n, 2'],
    [sql`select ${sql`1 -- one`}`, 'select 1 -- one\n'],
    [sql`${sql`select`}${sql`1`}`, 'select 1'],
    [sql`${sql`select 1 as a`}${sql`\u00a0b`}`, 'select 1 as a \u00a0b'],
    [sql`select 1 as ${sql`a\u00a0`}${sql`from t`}`, 'select 1 as a\u00a0 from t'],
    [sql`${sql`select 1`}${sql`\nfrom t`}`, 'select 1\nfrom t'],
  ])('lets no token grow over the border of a fragment: %#', (query, text) => {
    expect(forPg(query).text).toBe(text);
  });

  it('takes fragments nested deeper than the stack', () => {
    let query = sql`select 1`;
    for (let i = 0; i < 50_000; i++) query = sql`${query} `;
    expect(forPg(query).text.trim()).toBe('select 1');
  });

  it('writes 60,000 placeholders', () => {
    const ids = Array.from({ length: 60_000 }, (_, id) => id);
    const { text, values } = forPg(sql`select 1 where 1 in (${sql.join(ids)})`);
    expect(values).toHaveLength(60_000);
    expect(text.endsWith('$59999, $60000)')).toBe(true);
  });

  it('keeps what it was given, whatever happens to the list or the date later', () => {
    const list: unknown[] = [1];
    const date = new Date(0);
    const query = sql`select ${list as number[]}::int[], ${date}`;
    list[0] = { evil: true };
    date.setTime(Number.NaN);
    expect(forPg(query).values).toEqual([[1], new Date(0)]);
  });

  it('does not print its values', () => {
    const query = sql`select ${'s3cret'} where ${sql.and()}`;
    expect(inspect(query)).toBe(`Sql \`select \${...} where \${...}\``);
    expect(inspect({ query }, { depth: 9, showHidden: true })).not.toContain('s3cret');
    expect(JSON.stringify(query)).toBe('{}');
    expect(String(query)).toBe('[object Sql]');
  });
});

describe('forgery', () => {
  const real = sql`select ${1}`;
  const call = sql as unknown as (...args: unknown[]) => unknown;
  const withRaw = (raw: unknown, options: object = {}) =>
    Object.freeze(Object.defineProperty(['select 1'], 'raw', { value: raw, ...options }));

  it.each([
    ['a string', 'select 1'],
    ['a list', ['select 1']],
    ['a frozen list', Object.freeze(['select 1'])],
    ['a list with raw', Object.assign(['select 1'], { raw: ['select 1'] })],
    ['a frozen list with raw', Object.freeze(Object.assign(['select 1'], { raw: ['select 1'] }))],
    ['raw that is not frozen', withRaw(['select 1'])],
    ['raw of another length', withRaw(Object.freeze([]))],
    ['raw that can be enumerated', withRaw(Object.freeze(['select 1']), { enumerable: true })],
    ['an object', { 0: 'select 1', length: 1, raw: ['select 1'] }],
    ['nothing', undefined],
  ])('is not a template: %s', (_, strings) => {
    expect(() => call(strings)).toThrow(expect.objectContaining({ code: 'sql/not-a-template' }));
  });

  it('is not a template with too many values', () => {
    const grab = (strings: TemplateStringsArray, ..._: unknown[]): TemplateStringsArray => strings;
    expect(() => call(grab`select ${1}`)).toThrow(expect.objectContaining({ code: 'sql/not-a-template' }));
    expect(isSql(call(grab`select ${1}`, 1))).toBe(true);
  });

  it('is not a known template with another number of values', () => {
    const site = (strings: TemplateStringsArray, ..._: unknown[]): TemplateStringsArray => strings;
    const strings = site`select id from t where a = ${1} and tenant = ${2}`;
    const full = { text: 'select id from t where a = $1 and tenant = $2', values: [1, 2] };
    for (const values of [[], [1], [1, 2, 3]]) {
      expect(() => call(strings, ...values)).toThrow(expect.objectContaining({ code: 'sql/not-a-template' }));
      expect(forPg(call(strings, 1, 2) as Sql)).toMatchObject(full);
    }
  });

  it.each([
    ['a string', 'select 1'],
    ['a copy', { ...real }],
    ['an heir', Object.create(real as object)],
    ['a heir of its prototype', Object.assign(Object.create(Object.getPrototypeOf(real)), { ...real })],
    ['JSON', JSON.parse('{"text":"select 1","values":[],"kind":"template"}')],
    ['a query of pg', { text: 'select 1', values: [] }],
    ['null', null],
    ['a function', () => real],
    ['a list of one', [real]],
  ])('is no statement: %s', (_, value) => {
    expect(() => forPg(value as Sql)).toThrow(expect.objectContaining({ code: 'sql/string-built-query' }));
    expect(isSql(value)).toBe(false);
  });

  it('is a statement: what the tag made', () => {
    expect(isSql(real)).toBe(true);
    expect(Object.isFrozen(real)).toBe(true);
  });

  it('is no part of a message: what was given', () => {
    expect(() => forPg("' or '1'='1" as unknown as Sql)).toThrow(/^(?!.*or '1')/);
  });

  it.each([
    ['sql``', sql``],
    ['a comment', sql`-- nothing`],
    ['nested', sql` ${sql.join([])} `],
  ])('is empty: %s', (_, query) => {
    expect(() => forPg(query)).toThrow(expect.objectContaining({ code: 'sql/empty-statement' }));
  });
});

describe('a value in the place of a name', () => {
  const v = 'name';

  it.each([
    ['order by', () => sql`select * from t order by ${v}`],
    ['order by with a direction', () => sql`select * from t order by ${v} desc limit 1`],
    ['the second key', () => sql`select * from t order by id, ${v}`],
    ['group by', () => sql`select count(*) from t group by ${v}`],
    ['order by, with a comment', () => sql`select * from t order by /* by */ ${v} /* the /* key */ */ desc`],
    ['order by, with a line comment', () => sql`select * from t order by ${v} -- the key\n, id`],
    ['order by, with a collation', () => sql`select * from t order by ${v} collate "C"`],
    ['order by, with an operator', () => sql`select * from t order by ${v} using <`],
    ['order by in a frame', () => sql`select sum(a) over (order by ${v} rows 2 preceding) from t`],
    ['order by in a range', () => sql`select sum(a) over (order by ${v} range 2 preceding) from t`],
    ['order by in groups', () => sql`select sum(a) over (order by ${v} groups 2 preceding) from t`],
    ['partition by', () => sql`select sum(a) over (partition by ${v} order by b) from t`],
    ['group by in a union', () => sql`select 1 from t group by ${v} union select 2`],
    ['group by with an order', () => sql`select 1 from t group by ${v} order by 1`],
    ['order by with returning', () => sql`insert into t select 1 order by ${v} returning a`],
    ['from', () => sql`select * from ${v}`],
    ['delete from', () => sql`delete from ${v}`],
    ['from in a subquery', () => sql`select (select max(a) from ${v})`],
    ['join', () => sql`select * from t join ${v} on true`],
    ['into', () => sql`insert into ${v} values (1)`],
    ['update', () => sql`update ${v} set a = 1`],
    ['in without parentheses', () => sql`select 1 where 1 in ${[1, 2]}`],
  ])('is a mistake after %s', (_, write) => {
    expect(write).toThrow(expect.objectContaining({ code: 'sql/value-as-syntax' }));
  });

  it.each([
    ['a fragment', () => sql`select * from ${sql.identifier('t', ['t'])} order by ${sql`a`}, ${sql`b`}`],
    ['an operand of a sort key', () => sql`select * from t order by ${v} <-> embedding, id = ${1} desc`],
    ['an argument of a sort key', () => sql`select * from t order by coalesce(a, ${v}), b`],
    ['after the sort keys', () => sql`select * from t order by a limit ${1} offset ${2}`],
    ['a list behind the sort keys', () => sql`select (select a from t order by a), ${v}, ${v}`],
    ['distinct from', () => sql`select 1 where a is distinct from ${v} or b is not distinct from ${v}`],
    ['functions with from', () => sql`select extract(year from ${v}::date), trim(both from ${v})`],
    ['substring', () => sql`select substring(${v} from ${1}::int for ${2}::int)`],
    ['position', () => sql`select position('a' in ${v})`],
    ['in with parentheses', () => sql`select 1 where a in (${1}, ${2})`],
    ['increment by', () => sql`select 1 as by, ${v}`],
    ['an operand behind a comment', () => sql`select * from t order by ${v} /* , */ <-> embedding`],
    ['an operand of a partition', () => sql`select sum(a) over (partition by ${v} || b order by c) from t`],
    ['a frame', () => sql`select sum(a) over (order by b rows ${2}::int preceding), ${v}::text from t`],
    ['a union', () => sql`select a from t group by a union select ${v}, ${v}`],
    ['a window', () => sql`select sum(a) over (partition by b order by c), ${v}::text from t`],
  ])('is none: %s', (_, write) => {
    expect(isSql(write())).toBe(true);
  });
});

describe('what is refused', () => {
  it('is an event that names the statement and not the value', async () => {
    const events: SecurityEvent[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
    });
    const body = JSON.parse('{"name":{"s3cret":"s3cret value"}}');
    expect(() => sql`select id from users where age = ${1} and name = ${body.name}`).toThrow(
      expect.objectContaining({ code: 'sql/object-as-value', status: 400 }),
    );
    await recorder.flush();
    configureEvents({ sinks: [] });
    expect(events).toMatchObject([
      {
        code: 'sql/object-as-value',
        action: 'blocked',
        evidence: {
          type: 'object',
          keys: 's3cret',
          hole: 2,
          statement: `select id from users where age = \${...} and name = \${...}`,
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain('s3cret value');
  });
});
