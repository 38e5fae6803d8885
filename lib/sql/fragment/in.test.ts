import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../checks/machine/databases.ts';
import { configureEvents } from '../../event/index.ts';
import { sqlPayloads } from '../../testing/corpus/sql.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { type Database, sql } from '../index.ts';
import { render } from '../render/render.ts';
import type { Listed } from './in.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const inText = (list: unknown, dialect: Dialect = postgres) => {
  const { text, values } = render(sql`select id ${sql.in(list as Listed[])}`, dialect);
  return { text: text.replace('select id ', ''), values };
};
const notIn = (list: unknown) => render(sql`select id ${sql.notIn(list as Listed[])}`, postgres);

describe('sql.in', () => {
  it('writes one parameter on PostgreSQL, and one for each value elsewhere', () => {
    expect(inText([1, 2])).toEqual({ text: '= any($1)', values: [[1, 2]] });
    expect(inText([])).toEqual({ text: '= any($1)', values: [[]] });
    expect(notIn([1, 2]).text).toBe('select id <> all($1)');
    expect(inText([1, 2], mysql)).toEqual({ text: 'in (?, ?)', values: [1, 2] });
    expect(inText(['a'], sqlite)).toEqual({ text: 'in (?)', values: ['a'] });
    expect(inText([], mysql)).toEqual({ text: 'in (select null from dual where false)', values: [] });
    expect(inText([], sqlite)).toEqual({ text: 'in (select null where false)', values: [] });
  });

  it('reads a list once, and keeps what it read', () => {
    const list = [1, 2];
    const fragment = sql.in(list);
    list.push(3);
    expect(render(sql`select id ${fragment}`, postgres).values).toEqual([[1, 2]]);
  });

  it.each([
    ['a text', '1,2', 'sql/object-as-value'],
    ['a number', 7, 'sql/object-as-value'],
    ['an object', { length: 1, 0: 'a' }, 'sql/object-as-value'],
    ['a set', new Set([1]), 'sql/object-as-value'],
    ['a list of bytes', new Uint8Array([1, 2]), 'sql/object-as-value'],
    ['a list in a list', [[1]], 'sql/object-as-value'],
    ['an object in a list', [{ id: 1 }], 'sql/object-as-value'],
    ['a fragment in a list', [sql`1`], 'sql/object-as-value'],
    ['undefined', undefined, 'sql/missing-value'],
    ['null', null, 'sql/missing-value'],
    ['null in a list', [1, null], 'sql/missing-value'],
    ['a gap', new Array(2), 'sql/missing-value'],
    ['NaN', [Number.NaN], 'sql/invalid-value'],
    ['NUL', ['\0'], 'sql/unstorable-text'],
  ])('refuses %s', (_, list, code) => {
    for (const write of [inText, notIn]) {
      expect(() => write(list)).toThrow(expect.objectContaining({ name: 'Refusal', code, status: 400 }));
      expect(() => write(['a'])).not.toThrow();
    }
  });

  it('refuses more values than a statement takes', () => {
    const list = Array.from({ length: 70_000 }, (_, i) => i);
    expect(inText(list).values).toHaveLength(1);
    for (const dialect of [mysql, sqlite]) {
      expect(() => inText(list, dialect)).toThrow(expect.objectContaining({ code: 'sql/too-large' }));
      expect(inText(list.slice(0, 32_766), dialect).values).toHaveLength(32_766);
    }
  });
});

describe.each(databaseKinds)('sql.in on $title', ({ dialect, why, open, types }) => {
  describe.skipIf(why)(`with a database of it${why ? `: ${why}` : ''}`, () => {
    let db: Database;
    let stop: () => unknown = () => undefined;
    const texts = sqlPayloads
      .map(({ payload }) => payload)
      .filter((text) => !/[\0\ud800-\udfff]/u.test(text));

    beforeAll(async () => {
      ({ db, stop } = await open());
      await db.execute(
        sql`create table listed (id integer primary key, name varchar(4000), big bigint, price decimal(20, 4),
          score ${types.double}, raw ${types.bytes}, born ${types.instant}, flag boolean)`,
      );
      const rows = [
        sql`(1, 'a', 9223372036854775807, 12.5, 0.1, ${new Uint8Array([0, 255])}, ${new Date(0)}, true)`,
        sql`(2, 'b', 9223372036854775806, 0.3, 1e300, ${new Uint8Array([39])}, ${new Date(1)}, false)`,
        sql`(3, null, null, null, null, null, null, null)`,
      ];
      await db.execute(sql`insert into listed values ${sql.join(rows)}`);
    });

    afterAll(() => stop());

    const names = ['name', 'big', 'price', 'score', 'raw', 'born', 'flag', 'id'] as const;

    async function ids(
      column: (typeof names)[number],
      list: readonly Listed[],
      not = false,
    ): Promise<number[]> {
      const name = sql.identifier(column, names);
      const rows = await db.all<{ id: number }>(
        sql`select id from listed where ${name} ${not ? sql.notIn(list) : sql.in(list)} order by id`,
      );
      return rows.map(({ id }) => id);
    }

    it.each<[(typeof names)[number], Listed]>([
      ['name', 'a'],
      ['big', 2n ** 63n - 1n],
      ['price', 12.5],
      ['score', 0.1],
      ['raw', new Uint8Array([0, 255])],
      ['raw', Buffer.from([0, 255])],
      ['born', new Date(0)],
      ['flag', true],
      ['id', 1],
    ])('finds in %s', async (column, value) => {
      expect(await ids(column, [value])).toEqual([1]);
      expect(await ids(column, [value, value])).toEqual([1]);
      expect(await ids(column, [])).toEqual([]);
      expect(await ids(column, [], true)).toEqual([1, 2, 3]);
      expect(await ids(column, [value], true)).toEqual(column === 'id' ? [2, 3] : [2]);
    });

    it('compares no text with a number that it is not', async () => {
      if (dialect === 'postgres') {
        expect(await ids('name', [0])).toEqual([]);
        await expect(ids('id', ['1 or 1=1'])).rejects.toMatchObject({ name: 'DatabaseError' });
      } else {
        expect(await ids('name', [0])).toEqual([]);
        expect(await ids('name', [0, 1])).toEqual([]);
      }
      expect(await ids('id', ['2'])).toEqual([2]);
    });

    it('takes hostile texts as texts', async () => {
      expect(await ids('name', texts)).toEqual([]);
      expect(await ids('name', [...texts, 'a', '{a}', 'NULL', 'null', '"', '\\', '{', '}', ',', ''])).toEqual(
        [1],
      );
      expect(await ids('name', texts, true)).toEqual([1, 2]);
      for (const text of texts) {
        await db.execute(sql`insert into listed (id, name) values (4, ${text.slice(0, 4000)})`);
        const others = ['x', text.slice(0, 4000), 'y'];
        expect([text, await ids('name', others)]).toEqual([text, [4]]);
        await db.execute(sql`delete from listed where id = 4`);
      }
    });

    it('takes a long list', async () => {
      expect(
        await ids(
          'id',
          Array.from({ length: 30_000 }, (_, i) => i + 2),
        ),
      ).toEqual([2, 3]);
    });
  });
});
