import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { configureEvents } from '../../event/index.ts';
import type { SecurityEvent } from '../../event/security-event.ts';
import { withRequest } from '../../request/context.ts';
import { sql } from '../index.ts';
import { database, forPg, guardPg } from './index.ts';

const noServer = missing('postgres');
const name = "x' or '1'='1";
const injected = `select id from person where name = '${name}'`;

describe.skipIf(noServer)(`guardPg${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let pool: pg.Pool;
  let watcher: pg.Client;
  let stop = async (): Promise<void> => {};
  const events: SecurityEvent[] = [];
  let recorder = configureEvents({ sinks: [] });

  beforeAll(async () => {
    const server = await startPostgres();
    url = server.url;
    watcher = new pg.Client(url);
    await watcher.connect();
    await watcher.query('create table person (id int, name text, data jsonb)');
    await watcher.query("insert into person values (1, 'Ann'), (2, 'Bob')");
    pool = guardPg(new pg.Pool({ connectionString: url, max: 2 }));
    stop = async () => {
      await pool.end();
      await watcher.end();
      await server.stop();
    };
  });
  beforeEach(async () => {
    await recorder.flush();
    events.length = 0;
    recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
  });
  afterAll(() => stop());

  const asked = <T>(work: () => T): T => withRequest({ inputs: () => ({ query: { name } }) }, work);
  const refused = { name: 'Refusal', code: 'sql/input-in-text' };
  const rows = async (): Promise<unknown> =>
    (await watcher.query('select count(*)::int as n from person')).rows[0];

  it('refuses a column that is compared with itself, and a session name as a sort key', async () => {
    const ask = async (query: object, text: string): Promise<unknown> =>
      withRequest({ inputs: () => ({ query }) }, async () => (await pool.query(text)).rows);
    const byId = (id: string): string => `select id from person where id = ${id}`;
    const sorted = (by: string): string => `select id from person order by ${by}`;
    await expect(ask({ id: 'id' }, byId('id'))).rejects.toMatchObject(refused);
    await expect(ask({ sort: 'current_user' }, sorted('current_user'))).rejects.toMatchObject(refused);
    expect(await ask({ id: '2' }, byId('2'))).toEqual([{ id: 2 }]);
    expect(await ask({ sort: 'name' }, sorted('name'))).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await ask({ q: 'id' }, "select id from person where 'id' = 'id' and id = 1")).toEqual([{ id: 1 }]);
  });

  it('lets a search pass for words that the statement of the session has', async () => {
    const visit = (q: string): Promise<unknown> =>
      withRequest({ inputs: () => ({ query: { q } }) }, async () => {
        await pool.query("select id from person where name = 'Ann' order by id limit 10");
        return (await pool.query('select id from person where name ilike $1', [`%${q}%`])).rows;
      });
    expect(await visit('no one')).toEqual([]);
    for (const q of ['limit 10', 'from person where', 'order by id limit'])
      expect(await visit(q)).toEqual([]);
    await expect(visit("id from person where name = 'Ann'")).rejects.toMatchObject(refused);
  });

  it('refuses a user name of Basic authentication that became part of a text', async () => {
    const ask = (user: string): Promise<unknown> => {
      const authorization = `Basic ${Buffer.from(`${user}:secret`).toString('base64')}`;
      return withRequest(
        { inputs: () => ({ headers: { authorization } }) },
        async () => (await pool.query(`select id from person where name = '${user}'`)).rows,
      );
    };
    await expect(ask(name)).rejects.toMatchObject(refused);
    expect(await ask('Bob')).toEqual([{ id: 2 }]);
  });

  it('refuses a text that an input became part of, on the pool and on each of its clients', async () => {
    await asked(async () => {
      await expect(pool.query(injected)).rejects.toMatchObject(refused);
      await expect(pool.query({ text: injected })).rejects.toMatchObject(refused);
      await expect(pool.query({ name: 'by-name', text: injected, values: [] })).rejects.toMatchObject(
        refused,
      );
      const client = await pool.connect();
      try {
        await expect(client.query(injected)).rejects.toMatchObject(refused);
        await client.query('begin');
        await expect(client.query(injected)).rejects.toMatchObject(refused);
        // Nothing was sent: the transaction is not in its error state.
        const { rows: found } = await client.query('select id from person where name = $1', ['Ann']);
        expect(found).toEqual([{ id: 1 }]);
        await client.query('commit');
      } finally {
        client.release();
      }
    });
    await recorder.flush();
    expect(events[0]?.evidence).toEqual({
      source: 'query.name',
      statement: 'select id from person where name = ? or ? = ?',
    });
    expect(JSON.stringify(events)).not.toContain("'1'");
    expect(pool.totalCount).toBeLessThanOrEqual(2);
    expect(pool.idleCount).toBe(pool.totalCount);
  });

  it('lets the same input pass as a value, as a literal that is escaped, and outside of its request', async () => {
    await asked(async () => {
      expect((await pool.query('select id from person where name = $1', [name])).rows).toEqual([]);
      const literal = pg.escapeLiteral(name);
      expect((await pool.query(`select id from person where name = ${literal}`)).rows).toEqual([]);
    });
    expect((await pool.query(injected)).rows.length).toBe(2);
    // What a job sent, with an input that was stored before, is no text of the application for that.
    await asked(() => expect(pool.query(injected)).rejects.toMatchObject(refused));
  });

  it('never lets the server see what it refuses', async () => {
    const evil = "'; delete from person; --";
    await withRequest({ inputs: () => ({ body: { evil } }) }, async () => {
      await expect(pool.query(`select 1 where 'a' = '${evil}'`)).rejects.toMatchObject({
        code: 'sql/stacked-statements',
      });
      await expect(pool.query(`select 1 where 'a' = '${evil}'`, [])).rejects.toMatchObject({
        code: 'sql/stacked-statements',
      });
    });
    expect(await rows()).toEqual({ n: 2 });
    expect((await pool.query('select 1 as one;')).rows).toEqual([{ one: 1 }]);
  });

  it('refuses NUL, at which the protocol would end the text', async () => {
    await expect(pool.query('select 1 \0')).rejects.toMatchObject({ code: 'sql/nul-in-text' });
    await expect(pool.query('select 1')).resolves.toBeDefined();
  });

  it('calls back, later, with the refusal, and with rows', async () => {
    const client = await pool.connect();
    try {
      for (const target of [pool, client]) {
        const order: string[] = [];
        const error = await asked(
          () =>
            new Promise<unknown>((resolve) => {
              target.query(injected, [], (reason) => {
                order.push('callback');
                resolve(reason);
              });
              order.push('returned');
            }),
        );
        expect(error).toMatchObject(refused);
        expect(order).toEqual(['returned', 'callback']);
        const found = await asked(
          () =>
            new Promise((resolve) => {
              target.query('select id from person where name = $1', ['Bob'], (_, result) =>
                resolve(result.rows),
              );
            }),
        );
        expect(found).toEqual([{ id: 2 }]);
      }
    } finally {
      client.release();
    }
    await new Promise<void>((resolve) => {
      pool.connect((_, found, release) => {
        const answer = asked(() => expect(found?.query(injected)).rejects.toMatchObject(refused));
        resolve(answer.finally(() => release()));
      });
    });
  });

  it('throws for what submits itself, and lets others run', async () => {
    const client = await pool.connect();
    try {
      asked(() => {
        expect(() => client.query(new pg.Query(injected))).toThrow(expect.objectContaining(refused));
        // As pg-cursor and pg-query-stream are made.
        for (const sending of [{ text: injected }, { cursor: { text: injected } }]) {
          const submit = (): void => expect.unreachable();
          expect(() => client.query({ ...sending, submit } as never)).toThrow(
            expect.objectContaining(refused),
          );
        }
      });
      const rows: unknown[] = [];
      await asked(
        () =>
          new Promise((resolve) => {
            const query = client.query(
              new pg.Query('select id from person where name = $1', ['Ann'] as never),
            );
            query.on('row', (row) => rows.push(row));
            query.on('end', resolve);
          }),
      );
      expect(rows).toEqual([{ id: 1 }]);
    } finally {
      client.release();
    }
  });

  it('refuses objects, unless they are JSON', async () => {
    const text = 'select $1::jsonb as data';
    await expect(pool.query(text, [{ a: 1 }])).rejects.toMatchObject({
      code: 'sql/object-parameter',
      detail: { type: 'object', keys: 'a', value: 1 },
    });
    await expect(
      pool.query('select $1::date, $2::int[], $3::bytea', [new Date(0), [1], Buffer.of(1)]),
    ).resolves.toBeDefined();
    const json = guardPg(new pg.Client(url), { jsonObjects: true });
    await json.connect();
    expect((await json.query(text, [{ a: 1 }])).rows).toEqual([{ data: { a: 1 } }]);
    await json.end();
  });

  it('lets statements of the tag pass', async () => {
    const order = 'id desc';
    await withRequest({ inputs: () => ({ query: { order: "id = '1'" } }) }, async () => {
      const query = sql`select id from person where id = '1' or ${order}::text is null`;
      expect((await pool.query(forPg(query))).rows).toEqual([{ id: 1 }]);
      expect(await database(pool).all(query)).toEqual([{ id: 1 }]);
      await expect(pool.query("select id from person where id = '1' or true")).rejects.toMatchObject(refused);
    });
  });

  it('is done once, and reports instead until its date', async () => {
    const twice = guardPg(
      guardPg(new pg.Client(url), { mode: 'report', until: new Date(Date.now() + 60_000) }),
    );
    await twice.connect();
    const { length } = (await asked(() => twice.query(injected))).rows;
    expect(length).toBe(2);
    await recorder.flush();
    expect(events.map(({ code, action, count }) => ({ code, action, count }))).toEqual([
      { code: 'sql/input-in-text', action: 'reported', count: 1 },
    ]);
    await twice.end();
  });

  it('takes nothing else', () => {
    expect(() => guardPg({})).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
    const wrong = { jsonObjects: 1 } as never;
    expect(() => guardPg(new pg.Client(url), wrong)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
