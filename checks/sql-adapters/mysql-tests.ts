import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { contains, type Sql, sql } from '../../lib/sql/index.ts';
import { startMariadb } from '../machine/mariadb.ts';
import { missing } from '../machine/missing.ts';
import type { Adapter } from './adapter.ts';
import { texts } from './texts.ts';

const noServer = missing('mariadb');

/** What each client of MySQL has to do with statements of the tag, on one connection. */
export function mysqlTests(name: string, connect: (url: string) => Promise<Adapter>): void {
  describe.skipIf(noServer)(`${name} on MariaDB${noServer ? `: ${noServer}` : ''}`, () => {
    const date = new Date('2026-07-01T12:34:56.789Z');
    let adapter: Adapter;
    let stop = async (): Promise<void> => {};
    const rows = (query: Sql): Promise<readonly object[]> => adapter.rows(query);

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      const server = await startMariadb();
      adapter = await connect(server.url);
      stop = async () => {
        await adapter.close();
        await server.stop();
      };
      await rows(
        sql`create table item (id int primary key, name text, raw blob, seen datetime(3)) character set utf8mb4 collate utf8mb4_bin`,
      );
      await rows(sql`insert into item (id, name, seen) values (${1}, ${'secret'}, ${date})`);
    });

    afterAll(() => stop());

    it('sends the text as it was written', async () => {
      const found = await rows(sql`
        select '?' as a, '??' as b, '$1' as c, ':name' as d, '{{x}}' as e, ${7} as f, '$$' as g /* ? $1 :x ?? */,
          'a$b$$c ???' as h, -- ? $2
          ${'?'} as i, ${'$1'} as j, a.\`why?\` as k, a.\`$1\` as l
        from (select 'x' as \`why?\`, 'y' as \`$1\`) as a`);
      expect(found).toEqual([
        {
          ...{ a: '?', b: '??', c: '$1', d: ':name', e: '{{x}}', f: 7, g: '$$', h: 'a$b$$c ???' },
          ...{ i: '?', j: '$1', k: 'x', l: 'y' },
        },
      ]);
    });

    it('sends each kind of value as the value that it is', async () => {
      const bytes = new Uint8Array([0, 255, 39, 92]);
      await rows(sql`update item set raw = ${bytes} where id = ${1}`);
      const found = await rows(sql`
        select hex(raw) as raw, cast(seen as char) as seen, ${true} as yes, ${null} as nothing,
          cast(${9_007_199_254_740_993n} as char) as big, ${1.5} as half
        from item where raw = ${bytes} and seen = ${date} and id = ${1} limit ${1}`);
      expect(found).toEqual([
        {
          ...{ raw: '00FF275C', seen: '2026-07-01 12:34:56.789', yes: 1, nothing: null },
          ...{ big: '9007199254740993', half: 1.5 },
        },
      ]);
      const ask = async (): Promise<readonly object[]> => rows(sql`select id from item where id = ${[1]}`);
      await expect(ask()).rejects.toMatchObject({ code: 'sql/object-as-value' });
    });

    it('sends no number to be compared with a text, which would fit any', async () => {
      for (const value of [0, 0n, false]) {
        expect(await rows(sql`select id from item where name = ${value}`)).toEqual([]);
      }
      expect(await rows(sql`select id from item where id = ${1} and name = ${'secret'}`)).toEqual([
        { id: 1 },
      ]);
    });

    it('takes no SQL of the client', () => {
      expect(adapter.rawObjects.length).toBeGreaterThan(0);
      for (const raw of adapter.rawObjects) {
        expect(() => sql`select id from item where name = ${raw as string}`).toThrow(
          expect.objectContaining({ code: 'sql/object-as-value' }),
        );
      }
    });

    // The modes that change what a backslash and a quote mean to the server.
    it.each(['STRICT_TRANS_TABLES', 'NO_BACKSLASH_ESCAPES', 'ANSI'])(
      'sends texts of attacks as values in the mode %s',
      async (mode) => {
        await rows(sql`set sql_mode = ${mode}`);
        await rows(sql`create or replace table stored (name text) character set utf8mb4 collate utf8mb4_bin`);
        for (const text of texts) {
          await rows(sql`delete from stored`);
          await rows(sql`insert into stored values (${text})`);
          const found = await rows(
            sql`select name, name like ${contains(text)} as found, ${text} as bound from stored where name = ${text}`,
          );
          expect(found).toEqual([{ name: text, found: 1, bound: text }]);
          expect(await rows(sql`select id from item where name = ${text}`)).toEqual([]);
        }
        expect(await rows(sql`select id, name from item`)).toEqual([{ id: 1, name: 'secret' }]);
      },
    );
  });
}
