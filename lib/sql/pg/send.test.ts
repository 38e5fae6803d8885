import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { sql } from '../index.ts';
import type { PgQuery } from './for-pg.ts';
import { database } from './index.ts';
import type { PgQueryable } from './pg-client.ts';
import { send } from './send.ts';
import { Submitted } from './submitted.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`statements that submit themselves to pg${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let client: pg.Client;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    url = server.url;
    client = new pg.Client(url);
    await client.connect();
    stop = async () => {
      await client.end();
      await server.stop();
    };
  });
  afterAll(() => stop());

  async function connected(config: object): Promise<pg.Client> {
    const own = new pg.Client({ connectionString: url, ...config });
    await own.connect();
    return own;
  }

  /** What is handed to `query` of this client. */
  function watched(own: pg.Client): unknown[] {
    const seen: unknown[] = [];
    const query = own.query.bind(own) as (...args: unknown[]) => unknown;
    Object.assign(own, {
      query(...args: unknown[]) {
        seen.push(args[0]);
        return query(...args);
      },
    });
    return seen;
  }

  describe('answer as a query of pg itself does', () => {
    const cases: readonly (readonly [string, readonly (string | number | boolean | null)[]])[] = [
      ['select 1 as one, null as none, true as yes, 1.5::float8 as half, 12345678901::int8 as big', []],
      [
        'select $1::text as text, $2::int as number, $3::bool as truth, $4::text as none',
        ['a', 1, false, null],
      ],
      ['select 1 as same, 2 as same', []],
      ['select 1 as "__proto__", 2 as "constructor"', []],
      ["select '{1,2}'::int[] as list, '2026-01-02'::date as day, '{\"a\":1}'::jsonb as json", []],
      ["select '\\x00ff'::bytea as bytes", []],
      ['select where false', []],
      ['select', []],
      ['', []],
      ['create temp table answered (id int)', []],
      ['insert into answered select generate_series(1, 3)', []],
      ['update answered set id = id + 1 returning id', []],
      ['delete from answered', []],
      ['begin', []],
      ['commit', []],
    ];

    it.each(cases)('to %j', async (text, values) => {
      const run = async (own: pg.Client, kind: 'ours' | 'theirs') =>
        kind === 'ours'
          ? send(own, text, values)
          : own.query({ text, values: [...values], queryMode: 'extended' } as PgQuery);
      const [ours, theirs] = [await connected({}), await connected({})];
      try {
        for (const own of [ours, theirs]) {
          if (/answered/.test(text) && !text.startsWith('create')) {
            await own.query('create temp table answered as select generate_series(1, 2) as id');
          }
        }
        const expected = await run(theirs, 'theirs');
        const answer = await run(ours, 'ours');
        expect(answer.rows).toStrictEqual(expected.rows);
        expect(answer.rows.map((row) => Object.keys(row as object))).toEqual(
          expected.rows.map((row) => Object.keys(row as object)),
        );
        expect([answer.rowCount, answer.command || null]).toEqual([
          expected.rowCount,
          expected.command || null,
        ]);
      } finally {
        await Promise.all([ours.end(), theirs.end()]);
      }
    });

    it('with a row of its own for each, whatever a column is called', async () => {
      const { rows } = await send(client, 'select i as "__proto__" from generate_series(1, 2) i', []);
      for (const row of rows as object[]) expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
      expect(rows.map((row) => Object.entries(row as object))).toEqual([
        [['__proto__', 1]],
        [['__proto__', 2]],
      ]);
    });

    it('by the parsers of the client, also by those that come later', async () => {
      const own = await connected({});
      const ask = async () => (await send(own, 'select 5::int8 as big', [], 'big')).rows;
      expect(await ask()).toEqual([{ big: '5' }]);
      own.setTypeParser(20, (text: string) => BigInt(text));
      expect(await ask()).toEqual([{ big: 5n }]);
      await own.end();
    });

    it('where a text has other columns on another connection', async () => {
      const own = await connected({});
      for (const [connection, columns] of [
        [client, 'a int, b int'],
        [own, 'b int, a int'],
        [client, ''],
      ] as const) {
        if (columns === '') await connection.query('drop table shape');
        await connection.query(`create temp table shape (${columns || 'c int, a int'})`);
        await connection.query('insert into shape values (1, 2)');
        const { rows } = await send(
          connection,
          'select * from shape',
          [],
          columns === '' ? undefined : 'shaped',
        );
        const theirs = await connection.query('select * from shape');
        expect(rows).toStrictEqual(theirs.rows);
        expect(Object.keys(rows[0] as object)).toEqual(Object.keys(theirs.rows[0]));
      }
      await own.end();
    });
  });

  describe('fail without harm to the next', () => {
    it('by an error of the server', async () => {
      await expect(send(client, 'select 1/0', [])).rejects.toMatchObject({ code: '22012' });
      await expect(send(client, 'selec', [], 'broken')).rejects.toMatchObject({ code: '42601' });
      await expect(send(client, 'selec', [], 'broken')).rejects.toMatchObject({ code: '42601' });
      expect((await send(client, 'select 1 as one', [])).rows).toEqual([{ one: 1 }]);
    });

    it('in the middle of the rows', async () => {
      const text = 'select 10 / (3 - i) as part from generate_series(1, 5) i';
      await expect(send(client, text, [])).rejects.toMatchObject({ code: '22012' });
      expect((await send(client, 'select 1 as one', [])).rows).toEqual([{ one: 1 }]);
    });

    it('by a parser of the application that throws, whatever it throws', async () => {
      const own = await connected({});
      for (const thrown of [new Error('no date'), undefined]) {
        own.setTypeParser(1082, () => {
          throw thrown;
        });
        const answer = send(own, "select '2026-01-01'::date as day", []);
        await expect(answer).rejects.toThrow(thrown?.message ?? 'A parser of a type failed.');
        expect((await send(own, 'select 1 as one', [])).rows).toEqual([{ one: 1 }]);
      }
      await own.end();
    });

    it('by a name that stands for another text', async () => {
      await send(client, 'select 1 as one', [], 'taken');
      await expect(send(client, 'select 2 as two', [], 'taken')).rejects.toThrow('Another text');
      expect((await send(client, 'select 1 as one', [], 'taken')).rows).toEqual([{ one: 1 }]);
    });

    it('by a copy, for which there is no stream', async () => {
      await client.query('create temp table copied (id int)');
      await expect(send(client, 'copy copied from stdin', [])).rejects.toMatchObject({ code: '57014' });
      await client.query('insert into copied values (1)');
      expect((await send(client, 'copy copied to stdout', [])).rowCount).toBe(1);
    });

    it('by the end of the connection', async () => {
      const own = await connected({});
      own.on('error', () => {});
      const waiting = expect(send(own, 'select pg_sleep(60)', [])).rejects.toThrow(/terminat/i);
      const end =
        "select pg_terminate_backend(pid) from pg_stat_activity where query = 'select pg_sleep(60)'";
      await expect.poll(async () => (await client.query(end)).rows).toHaveLength(1);
      await waiting;
      await expect(send(own, 'select 1', [])).rejects.toThrow(/not queryable|terminated/);
    });

    it("by pg's own time-out", async () => {
      const own = await connected({ query_timeout: 50 });
      own.on('error', () => {});
      await expect(send(own, 'select pg_sleep(60)', [])).rejects.toThrow('Query read timeout');
      await own.end();
    });
  });

  describe('are left to pg', () => {
    const day = new Date(0);

    it('with dates, which an application can have written in UTC', async () => {
      const own = await connected({});
      const seen = watched(own);
      const { defaults } = pg as unknown as { defaults: { parseInputDatesAsUTC: boolean } };
      try {
        defaults.parseInputDatesAsUTC = true;
        const { rows } = await send(own, 'select $1::text as one, $2::text[] as many', [day, [day]]);
        expect(rows).toEqual([
          { one: '1970-01-01T00:00:00.000+00:00', many: ['1970-01-01T00:00:00.000+00:00'] },
        ]);
      } finally {
        defaults.parseInputDatesAsUTC = false;
      }
      expect(Object.getPrototypeOf(seen[0])).not.toBe(Submitted.prototype);
      await send(own, 'select $1::text', ['a']);
      expect(Object.getPrototypeOf(seen[1])).toBe(Submitted.prototype);
      await own.end();
    });

    it('with bytes in a list; bytes by themselves are not', async () => {
      const own = await connected({});
      const seen = watched(own);
      const bytes = new Uint8Array([0, 255, 92]).subarray(1);
      const { rows } = await send(own, 'select $1::bytea as one, $2::bytea[] as many', [bytes, [bytes]]);
      expect(rows).toEqual([{ one: Buffer.from(bytes), many: [Buffer.from(bytes)] }]);
      expect(Object.getPrototypeOf(seen[0])).not.toBe(Submitted.prototype);
      expect((await send(own, 'select $1::bytea as one', [bytes])).rows).toEqual([
        { one: Buffer.from(bytes) },
      ]);
      expect(Object.getPrototypeOf(seen[1])).toBe(Submitted.prototype);
      await own.end();
    });

    it.each([{ pipeline: true }, { binary: true }])('on a client with %j', async (config) => {
      const own = await connected(config);
      const answers = await Promise.all([1, 2].map((id) => send(own, 'select $1::int as id', [id])));
      expect(answers.map(({ rows }) => rows)).toEqual([[{ id: 1 }], [{ id: 2 }]]);
      await own.end();
    });

    it('on what is no client of pg, and only has its `query`', async () => {
      const like: PgQueryable = { query: async (query) => ({ rows: [{ ...query }], rowCount: 1 }) };
      expect((await send(like, 'select $1', ['a'])).rows).toEqual([
        expect.objectContaining({ text: 'select $1', values: ['a'], queryMode: 'extended' }),
      ]);
    });
  });

  it('write values as pg does', async () => {
    const values = [
      "it's",
      '',
      '\u00e9\u{1f600}',
      0,
      -1.5,
      1e300,
      10n ** 30n,
      true,
      false,
      null,
      ['a,"\\{}', null, 'NULL', ''],
      [1, 2n],
      [true],
    ];
    const text = `select ${values.map((_, i) => `$${i + 1}::text as v${i}`).join(', ')}`;
    const theirs = await client.query({ text, values: [...values] });
    expect((await send(client, text, values)).rows).toStrictEqual(
      theirs.rows.map((row) => ({ ...row, v10: row.v10, v11: '{"1","2"}', v12: '{"true"}' })),
    );
  });

  it('are seen by tracers, which send an object that inherits from them with a comment in its text', async () => {
    const own = await connected({});
    const query = own.query.bind(own) as (query: unknown) => unknown;
    const told: unknown[] = [];
    Object.assign(own, {
      query(given: { text: string; callback: (...args: unknown[]) => void }) {
        const traced = Object.create(given, { text: { value: `/* trace */ ${given.text}` } });
        traced.callback = (...args: unknown[]) => {
          told.push(args[0]);
          given.callback(...args);
        };
        return query(traced);
      },
    });
    expect(await database(own).one(sql`select ${5}::int as five`)).toEqual({ five: 5 });
    expect(told).toEqual([null]);
    await own.end();
  });
});
