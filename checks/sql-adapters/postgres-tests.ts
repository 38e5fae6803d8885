import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { postgres } from '../../lib/sql/dialect/postgres.ts';
import { contains, type Sql, sql } from '../../lib/sql/index.ts';
import { render } from '../../lib/sql/render/render.ts';
import { missing } from '../machine/missing.ts';
import { startPostgres } from '../machine/postgres.ts';
import type { Adapter } from './adapter.ts';
import { texts } from './texts.ts';

const noServer = missing('postgres');

/** Each selects `current_query()`: what the server was sent. */
const nasty: readonly Sql[] = [
  sql`select current_query() as sent, '?' as a, '??' as b, '$1' as c, ':name' as d, '{{x}}' as e, ${7}::int as f`,
  sql`select current_query() as sent, '$$' as a, '$1$2 a$b a$$b $$$' as b, 'x ? y' as c, ':a::b @x' as d`,
  sql`select current_query() as sent, '{"a": 1}'::jsonb ? 'a' as a, '{"a": 1}'::jsonb ?| array['b', ${'a'}] as b`,
  sql`select current_query() as sent, '{"a": 1}'::jsonb ?& array['a'] as a, '{"a": [1]}'::jsonb @? '$.a[*]' as b`,
  sql`select current_query() as sent /* ? ?? $1 :name $$ {{ */, ${'x'}::text as a -- ? $2 :n
    , $$ ? $1 :name ?? $$ as b, $x$ $$ ? $2 $x$ as c, ${true}::boolean as d`,
  sql`select current_query() as sent, a."why?" as "a?", a."$1" as "$$", a.":x" as ":x"
    from (select 1 as "why?", 2 as "$1", ${3}::int as ":x") as a`,
  sql`select current_query() as sent, ${'?'}::text as a, ${'$1'}::text as b, ${'\\?'}::text as c, ${':x'}::text as d`,
];

/** What each client of PostgreSQL has to do with statements of the tag. */
export function postgresTests(name: string, connect: (url: string) => Promise<Adapter>): void {
  describe.skipIf(noServer)(`${name} on PostgreSQL${noServer ? `: ${noServer}` : ''}`, () => {
    let adapter: Adapter;
    let stop = async (): Promise<void> => {};
    const rows = (query: Sql): Promise<readonly object[]> => adapter.rows(query);

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      const server = await startPostgres();
      adapter = await connect(server.url);
      stop = async () => {
        await adapter.close();
        await server.stop();
      };
      await rows(
        sql`create table item (id bigint, name text, price numeric, ratio float8, ripe boolean, raw bytea, seen timestamptz,
          list text[], numbers int[], dates timestamptz[], document jsonb)`,
      );
      await rows(sql`create table users (name text)`);
      await rows(sql`insert into users values ('admin')`);
    });

    afterAll(() => stop());

    it('sends the text as it was written', async () => {
      for (const query of nasty) {
        const { text } = render(query, postgres);
        expect(await rows(query)).toEqual([expect.objectContaining({ sent: text })]);
      }
    });

    it('sends each kind of value as the value that it is', async () => {
      const bytes = new Uint8Array([0, 255, 39, 92]);
      const date = new Date('2026-07-01T12:34:56.789Z');
      const early = new Date('1900-01-01T00:00:00.001Z');
      const id = 9_007_199_254_740_993n;
      const name = `O'Brien \\ "\u{1F600}" ? $1 :x`;
      const list = ["it's", null, '', '{a,"b"}', 'NULL', '\\'];
      await rows(sql`delete from item`);
      await rows(
        sql`insert into item values (${id}, ${name}, ${19.99}, ${0.1}, ${true}, ${bytes}, ${date}, ${list}::text[], ${[1, -2]}::int[],
          ${[date, early]}::timestamptz[], ${sql.json({ a: ["'", null, '?'] })})`,
      );
      const found = await rows(sql`
        select id::text, name, price::text, ratio::text, ripe, encode(raw, 'hex') as raw, to_json(list)::text as list,
          to_json(numbers)::text as numbers, seen = '2026-07-01T12:34:56.789Z' as seen,
          dates[1] = '2026-07-01T12:34:56.789Z' and dates[2] = '1900-01-01T00:00:00.001Z' as dates,
          document->>'a' as document
        from item where id = ${id} and name = ${name} and ripe = ${true} and raw = ${bytes} and seen = ${date}
          and list = ${list}::text[] and numbers = ${[1, -2]}::int[] and id = any(${[1n, id]}) and not id = any(${[1, 2]})`);
      expect(found).toEqual([
        {
          ...{ id: String(id), name, price: '19.99', ratio: '0.1', ripe: true, raw: '00ff275c' },
          ...{ list: JSON.stringify(list), numbers: '[1,-2]', seen: true, dates: true },
          document: `["'", null, "?"]`,
        },
      ]);
      expect(await rows(sql`select ${null}::text as a, ${false}::boolean as b, ${''}::text as c`)).toEqual([
        { a: null, b: false, c: '' },
      ]);
      expect(await rows(sql`select name from users where name = any(${[]})`)).toEqual([]);
      expect(await rows(sql`select name from users where name ${sql.in(['admin', 'x'])}`)).toHaveLength(1);
    });

    it('stores a date in a column without a time zone as it reads it from there', async () => {
      const date = new Date('2026-07-01T12:34:56.789Z');
      await rows(sql`create temporary table clock (at timestamp)`);
      await rows(sql`insert into clock values (${date})`);
      const [row] = await rows(sql`select at from clock where at = ${date}`);
      expect(row).toEqual({ at: date });
    });

    it('sends texts of attacks as values', async () => {
      for (const text of texts) {
        await rows(sql`delete from item`);
        await rows(sql`insert into item (name, list) values (${text}, ${[text, text]}::text[])`);
        const found = await rows(sql`
          select name, list[2] as second, name like ${contains(text)} as found, ${text}::text as bound
          from item where name = ${text} and ${text} = any(list)`);
        expect(found).toEqual([{ name: text, second: text, found: true, bound: text }]);
        const users = await rows(sql`select name from users where name = ${text}`);
        expect([text, users]).toEqual([text, text === 'admin' ? [{ name: 'admin' }] : []]);
      }
      expect(await rows(sql`select name from users`)).toEqual([{ name: 'admin' }]);
    });

    it('takes no SQL of the client, which would be text of the statement', async () => {
      expect(adapter.rawObjects.length).toBeGreaterThan(0);
      for (const raw of adapter.rawObjects) {
        expect(() => sql`select name from users where name = ${raw as string}`).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^sql\/(object-as|unsupported)-value$/) }),
        );
      }
      expect(() => sql`select name from users; delete from users`).toThrow(
        expect.objectContaining({ code: 'sql/several-statements' }),
      );
    });
  });
}
