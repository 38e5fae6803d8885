import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { contains, type Sql, sql } from '../../lib/sql/index.ts';
import type { Adapter } from './adapter.ts';
import { texts } from './texts.ts';

/** What holds of a client of SQLite by itself. */
export interface SqliteAdapter {
  /** Why it cannot run here. */
  readonly missing: string | undefined;
  /** What the client stores for 2026-07-01T12:34:56.789Z. */
  readonly storedDate: string | number;
  readonly exactIntegers: boolean;
  connect(): Promise<Adapter>;
}

/** What each client of SQLite has to do with statements of the tag. */
export function sqliteTests(
  name: string,
  { missing, storedDate, exactIntegers, connect }: SqliteAdapter,
): void {
  describe.skipIf(missing)(`${name} on SQLite${missing ? `: ${missing}` : ''}`, () => {
    let adapter: Adapter;
    const rows = (query: Sql): Promise<readonly object[]> => adapter.rows(query);

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      adapter = await connect();
      await rows(sql`create table item (id integer, name text, ratio real, raw blob, any_value)`);
      await rows(sql`create table users (name text)`);
      await rows(sql`insert into users values ('admin')`);
    });

    afterAll(() => adapter.close());

    it('sends the text as it was written', async () => {
      const found = await rows(sql`
        select '?' as a, '??' as b, '$1' as c, ':name' as d, '{{x}}' as e, ${7} as f, '\\?' as g, '\\??' as h /* ? $1 :x ?? */,
          '$$' as i, 'a$b$$c ???' as j, -- ? \\? $2
          ${'?'} as k, ${'$1'} as l, '\\\\?' as m, '{"a": "?"}' ->> '$.a' as n, a.\`why?\` as o
        from (select 'x' as \`why?\`) as a`);
      expect(found).toEqual([
        {
          ...{ a: '?', b: '??', c: '$1', d: ':name', e: '{{x}}', f: 7, g: '\\?', h: '\\??', i: '$$' },
          ...{ j: 'a$b$$c ???', k: '?', l: '$1', m: '\\\\?', n: '?', o: 'x' },
        },
      ]);
      expect(
        await rows(sql`-- a comment first ?
        select 'why? $1' as a`),
      ).toEqual([{ a: 'why? $1' }]);
    });

    it('sends each kind of value as the value that it is', async () => {
      const bytes = new Uint8Array([0, 255, 39, 92]);
      const date = new Date('2026-07-01T12:34:56.789Z');
      const name = `O'Brien \\ "\u{1F600}" ? $1 :x`;
      const given = sql`${7} as a, ${-1.5} as b, ${name} as c, ${bytes} as d, ${true} as e, ${false} as f, ${null} as g, ${date} as h, ${12n} as i`;
      const [row] = await rows(
        sql`select typeof(a) || typeof(b) || typeof(c) || typeof(d) || typeof(e) || typeof(f) || typeof(g) || typeof(i) as types,
          b, c, hex(d) as d, e, f, g, h, i from (select ${given}) as given`,
      );
      expect(row).toEqual({
        ...{ types: 'integerrealtextblobintegerintegernullinteger', b: -1.5, c: name, d: '00FF275C' },
        ...{ e: 1, f: 0, g: null, h: storedDate, i: 12 },
      });
      await rows(sql`insert into item (id, name, ratio, raw) values (${7}, ${7}, ${7}, ${bytes})`);
      const found = await rows(sql`
        select name, typeof(ratio) as ratio from item
        where id = ${7} and name = ${'7'} and raw = ${bytes} and id ${sql.in([7, 8])} and ratio = ${7n}`);
      expect(found).toEqual([{ name: '7', ratio: 'real' }]);
    });

    it(`takes big integers ${exactIntegers ? 'exactly' : 'where they are exact'}`, async () => {
      const id = 9_007_199_254_740_993n;
      const ask = async (): Promise<readonly object[]> => rows(sql`select cast(${id} as text) as id`);
      if (exactIntegers) expect(await ask()).toEqual([{ id: String(id) }]);
      else await expect(ask()).rejects.toMatchObject({ code: 'sql/invalid-value' });
      expect(await rows(sql`select ${9_007_199_254_740_991n} = 9007199254740991 as same`)).toEqual([
        { same: 1 },
      ]);
      const tooBig = async (): Promise<readonly object[]> => rows(sql`select ${2n ** 63n} as id`);
      await expect(tooBig()).rejects.toMatchObject({ code: 'sql/invalid-value' });
    });

    it('takes no list, and no SQL of the client', async () => {
      const ask = async (): Promise<readonly object[]> =>
        rows(sql`select name from users where name = ${['a']}`);
      await expect(ask()).rejects.toMatchObject({ code: 'sql/object-as-value' });
      expect(adapter.rawObjects.length).toBeGreaterThan(0);
      for (const raw of adapter.rawObjects) {
        expect(() => sql`select name from users where name = ${raw as string}`).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^sql\/(object-as|unsupported)-value$/) }),
        );
      }
    });

    it('sends texts of attacks as values', async () => {
      for (const text of texts) {
        await rows(sql`delete from item`);
        await rows(sql`insert into item (name) values (${text})`);
        const found = await rows(
          sql`select name, name like ${contains(text)} as found, ${text} as bound from item where name = ${text}`,
        );
        expect(found).toEqual([{ name: text, found: 1, bound: text }]);
        const users = await rows(sql`select name from users where name = ${text}`);
        expect([text, users]).toEqual([text, text === 'admin' ? [{ name: 'admin' }] : []]);
      }
      expect(await rows(sql`select name from users`)).toEqual([{ name: 'admin' }]);
    });
  });
}
