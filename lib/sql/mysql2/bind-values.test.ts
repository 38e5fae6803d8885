import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { useMysql2 } from '../../../checks/sql-drivers/use-mysql2.ts';
import { type Sql, sql } from '../index.ts';
import { database, forMysql2 } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`values on mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  const server = useMysql2();
  const { connect } = server;

  describe('values', () => {
    it('come back as they went in', async () => {
      const [bytes, date] = [new Uint8Array([0, 255, 39, 92]), new Date(1_700_000_000_123)];
      const name = `O'Brien \\ \u{1F600} "%_|`;
      await server.db.execute(sql`delete from item`);
      await server.db.execute(
        sql`insert into item (id, name, price, bytes, born, seen, settings, ripe)
          values (${9_007_199_254_740_993n}, ${name}, ${19.99}, ${bytes}, ${date}, ${date}, ${sql.json({ a: ["'", null] })}, ${true})`,
      );
      const row = await server.db.one(
        sql`select cast(id as char) as id, name, price, bytes, born, seen, settings, ripe from item where id = ${9_007_199_254_740_993n} and ripe = ${true}`,
      );
      expect(row).toEqual({
        ...{
          id: '9007199254740993',
          name,
          price: '19.99',
          bytes: Buffer.from(bytes),
          born: date,
          seen: date,
        },
        ...{ settings: { a: ["'", null] }, ripe: 1 },
      });
      expect(await server.db.one(sql`select ${null} as nothing`)).toEqual({ nothing: null });
    });

    it('are numbers for limit and offset', async () => {
      await server.db.execute(sql`delete from item`);
      await server.db.execute(sql`insert into item (id) values (1), (2), (3)`);
      expect(await server.db.all(sql`select id from item order by id limit ${1} offset ${1}`)).toEqual([
        { id: 2 },
      ]);
      expect(await server.db.all(sql`select id from item order by id limit ${2n}`)).toEqual([
        { id: 1 },
        { id: 2 },
      ]);
    });

    it.each([0, -0, 0n, false, 7, 1, true])(
      'are no number beside a text, which would fit any: %s',
      async (value) => {
        await server.db.execute(sql`delete from item`);
        await server.db.execute(
          sql`insert into item (id, name, price) values (1, 'secret', 0), (7, '7 more', 7)`,
        );
        expect(await server.db.all(sql`select id from item where name = ${value}`)).toEqual([]);
        expect(await server.db.all(sql`select id from item where name in (${value}, ${'x'})`)).toEqual([]);
        expect(await server.db.execute(sql`update item set name = ${'x'} where ${value} = name`)).toBe(0);
        const [rows] = await server.pool.execute(forMysql2(sql`select id from item where name = ${value}`));
        expect(rows).toEqual([]);
        const ids = await server.db.all<{ id: number }>(
          sql`select id from item where id = ${value} or price = ${value}`,
        );
        expect(ids).toEqual(
          Number(value) === 0 ? [{ id: 1 }] : Number(value) === 7 ? [{ id: 7 }] : [{ id: 1 }],
        );
      },
    );

    it.each([
      ['row', (v, id) => sql`select id from item where row(id, name) = row(${id}, ${v})`],
      ['a sign', (v) => sql`select id from item where name = +${v}`],
      ['an aggregate', (v) => sql`select id from item where name = (select min(${v}))`],
      ['a derived table', (v) => sql`select id from item join (select ${v} as name) i on i.name = item.name`],
      ['using', (v) => sql`select id from item join (select ${v} as name) i using (name)`],
      ['natural join', (v) => sql`select id from item natural join (select ${v} as name) i`],
      ['a list of tables', (v) => sql`select id from item, (select ${v} name) i where i.name = item.name`],
      ['with', (v) => sql`with i as (select ${v} as name) select id from item join i on i.name = item.name`],
      [
        'input rows',
        (
          v,
          id,
        ) => sql`select item.id from item join (select ${id} as id, ${v} as name union all select ${id}, ${'y'}) i
          on i.id = item.id and i.name = item.name`,
      ],
    ] as [string, (value: string | number | boolean, id: number) => Sql][])(
      'are no number where they are compared by way of %s',
      async (_, write) => {
        await server.db.execute(sql`delete from item`);
        await server.db.execute(sql`insert into item (id, name) values (1, 'secret')`);
        expect(await server.db.all(write(0, 1))).toEqual([]);
        expect(await server.db.all(write(false, 1))).toEqual([]);
        expect(await server.db.all(write('secret', 1))).toEqual([{ id: 1 }]);
        await server.db.execute(sql`update item set name = '7'`);
        expect(await server.db.all(write(7, 1))).toEqual([{ id: 1 }]);
      },
    );

    it('sort as numbers in input rows, and count', async () => {
      const rows = await server.db.all(
        sql`select a from (select ${10} as a union all select ${9} union all select ${100}) i order by a`,
      );
      expect(rows).toEqual([{ a: 9 }, { a: 10 }, { a: 100 }]);
      const counted = sql`with recursive n as (select ${9} as i union all select i + 1 from n where i < ${11})
        select cast(i as signed) as i from n`;
      expect(await server.db.all(counted)).toEqual([{ i: 9 }, { i: 10 }, { i: 11 }]);
      const largest = sql`select greatest(${9}, ${10}) as a, 9.5 < greatest(${9}, ${10}) as b`;
      expect(await server.db.one(largest)).toEqual({ a: 10, b: 1 });
    });

    it('are numbers where they are computed with', async () => {
      const row = await server.db.one(
        sql`select coalesce(null, ${5}) as a, greatest(9, ${10}) as b, json_set('{}', '$.n', ${5}) as c, ${1.5} as d`,
      );
      expect(row).toEqual({ a: 5, b: 10, c: { n: 5 }, d: 1.5 });
    });

    it.each([
      'LATIN1_SWEDISH_CI',
      'GBK_CHINESE_CI',
      'BIG5_CHINESE_CI',
      'SJIS_JAPANESE_CI',
      'UTF8_GENERAL_CI',
    ])('are not sent on a connection of the character set %s, in which some are others', async (charset) => {
      const connection = await connect({ charset });
      const own = database(connection);
      const name = '\u0161dmin \u{1F600} \\~';
      const ask = () => own.one(sql`select ${name} as name`);
      const code = 'sql/connection-charset';
      await expect(ask()).rejects.toMatchObject({ code });
      await expect(own.stream(sql`select 1`).next()).rejects.toMatchObject({ code });
      await connection.query('set names utf8mb4');
      expect(await ask()).toEqual({ name });
      await connection.query('set names gbk');
      await expect(ask()).rejects.toMatchObject({ code });
      await connection.end();
    });

    it.each(['local', 'Z', '+02:00'])('are dates that come back in the time zone %s', async (timezone) => {
      const connection = await connect({ timezone });
      const own = database(connection);
      for (const text of [
        '2026-07-01T12:34:56.789Z',
        '1999-12-31T23:59:59.999Z',
        '2026-01-01T00:00:00.000Z',
      ]) {
        const date = new Date(text);
        await own.execute(sql`delete from item`);
        await own.execute(sql`insert into item (id, born, seen) values (1, ${date}, ${date})`);
        const row = await own.one(sql`select born, seen from item where born = ${date} and seen = ${date}`);
        expect(row).toEqual({ born: date, seen: date });
      }
      await connection.end();
    });

    it('are no lists', async () => {
      const ask = server.db.all(sql`select id from item where id = any(${[1, 2]})`);
      await expect(ask).rejects.toMatchObject({ code: 'sql/object-as-value' });
    });

    it.each(['0999-12-31T00:00:00Z', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'])(
      'are no date that the server makes null of: %s',
      async (text) => {
        const code = 'sql/invalid-value';
        await expect(server.db.all(sql`select ${new Date(text)} as date`)).rejects.toMatchObject({ code });
        const date = new Date('9999-12-30T23:59:59.999Z');
        expect(await server.db.one(sql`select ${date} as date`)).toEqual({ date });
      },
    );
  });
});
