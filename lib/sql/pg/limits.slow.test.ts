import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { type Database, type Sql, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`limits on pg${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let pool: pg.Pool;
  let client: pg.Client;
  let admin: pg.Client;
  let db: Database;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    url = server.url;
    pool = new pg.Pool({ connectionString: url, max: 2 });
    [client, admin] = [new pg.Client(url), new pg.Client(url)];
    await Promise.all([client.connect(), admin.connect()]);
    db = database(pool);
    stop = async () => {
      await Promise.all([client.end(), admin.end(), pool.end()]);
      await server.stop();
    };
  });

  afterAll(() => stop());

  afterEach(async () => {
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
    expect(pool.waitingCount).toBe(0);
    expect(await sleepers()).toBe(0);
  });

  async function sleepers(): Promise<number> {
    const active = `select 1 from pg_stat_activity where state = 'active' and wait_event = 'PgSleep'`;
    return (await admin.query(active)).rowCount ?? 0;
  }

  async function drain(rows: AsyncIterable<unknown>): Promise<void> {
    for await (const _ of rows);
  }

  const long = sql`select pg_sleep(30)`;

  /** The ways in which a statement can run. */
  const ways: Record<string, (query: Sql, options: object) => Promise<unknown>> = {
    'on a pool': (query, options) => db.all(query, options),
    'on a client': (query, options) => database(client).all(query, options),
    'in a transaction': (query, options) => db.transaction((tx) => tx.all(query, options)),
    'in a savepoint': (query, options) =>
      db.transaction((tx) => tx.transaction((point) => point.all(query, options))),
    'in a transaction with the limit': (query, options) => db.transaction((tx) => tx.all(query), options),
    'in a savepoint with the limit': (query, options) =>
      db.transaction((tx) => tx.transaction((point) => point.all(query), options)),
    'as a stream': (query, options) => drain(db.stream(query, options)),
    'as a stream of a client': (query, options) => drain(database(client).stream(query, options)),
    'as a stream in a transaction': (query, options) =>
      db.transaction((tx) => drain(tx.stream(query, options))),
  };

  describe.each(Object.entries(ways))('%s', (_, run) => {
    it('end a statement on the server when its time is over', async () => {
      await expect(run(long, { timeoutMs: 100 })).rejects.toMatchObject({ kind: 'timeout', status: 503 });
      expect(await sleepers()).toBe(0);
      await run(sql`select 1`, { timeoutMs: 10_000 });
    });

    it('end a statement on the server when it is aborted', async () => {
      const ending = new AbortController();
      const running = run(long, { signal: ending.signal });
      await expect.poll(sleepers).toBe(1);
      ending.abort(new Error('the client left'));
      await expect(running).rejects.toThrow('the client left');
      expect(await sleepers()).toBe(0);
    });

    it('send nothing when it was aborted before', async () => {
      await admin.query('drop table if exists sent; create table sent (id integer)');
      const writes = sql`insert into sent values (1) returning id`;
      const signal = AbortSignal.abort(new Error('too late'));
      await expect(run(writes, { signal })).rejects.toThrow('too late');
      expect((await admin.query('select id from sent')).rows).toEqual([]);
    });
  });

  it('end the waiting for a full pool, and give back what comes later', async () => {
    const held = await Promise.all([pool.connect(), pool.connect()]);
    await expect(db.all(sql`select 1`, { timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' });
    await expect(db.transaction(async () => 1, { timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' });
    const signal = AbortSignal.timeout(50);
    await expect(db.stream(sql`select 1`, { signal }).next()).rejects.toMatchObject({ name: 'TimeoutError' });
    for (const client of held) client.release();
  });

  it('end the waiting for a client that is in a transaction', async () => {
    const one = database(client);
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const first = one.transaction(async () => gate);
    await expect(one.all(sql`select 1`, { timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' });
    go();
    await first;
    expect(await one.all(sql`select 1 as one`, { timeoutMs: 5_000 })).toEqual([{ one: 1 }]);
  });

  it('end the statement that they are of, and not the one before it on the connection', async () => {
    await db
      .transaction(async (tx) => {
        const first = tx.one(sql`select 'first' as text from pg_sleep(0.5)`);
        const second = tx.one(sql`select 'second' as text`, { timeoutMs: 100 });
        await expect(second).rejects.toMatchObject({ kind: 'timeout' });
        expect(await first).toEqual({ text: 'first' });
        throw new Error('done');
      })
      .catch((error: Error) => expect(error.message).toBe('done'));
  });

  it('never end the next statement of the connection', async () => {
    const one = database(client);
    let ended = 0;
    for (let i = 0; i < 400; i += 1) {
      const ending = new AbortController();
      const running = one.all(sql`select pg_sleep(0.002)`, { signal: ending.signal });
      setTimeout(() => ending.abort(new Error('stop')), i % 5);
      await running.catch(() => {
        ended += 1;
      });
      expect(await one.one(sql`select ${i}::integer as i`)).toEqual({ i });
    }
    expect(ended).toBeGreaterThan(0);
    expect(ended).toBeLessThan(400);
  });

  it.each(['signal', 'timeoutMs'])('are not taken from a polluted Object.prototype.%s', async (name) => {
    const value = name === 'signal' ? AbortSignal.abort() : 1;
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      for (const run of Object.values(ways)) await run(sql`select 1 from pg_sleep(0.01)`, {});
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  });

  it.each([{ timeoutMs: 0 }, { timeoutMs: 1.5 }, { timeoutMs: 2 ** 31 }, { signal: {} }, { row: {} }])(
    'are refused as %j',
    async (options) => {
      const code = 'bulwark/invalid-option';
      await expect(db.all(sql`select 1`, options as never)).rejects.toMatchObject({ code });
      await expect(db.all(sql`select 1`, { timeoutMs: 2 ** 31 - 1 })).resolves.toHaveLength(1);
    },
  );

  it('do not wait for a server that neither ends the statement nor answers', async () => {
    const own = new pg.Pool({ connectionString: url, max: 1 });
    const held = await own.connect();
    const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
    held.release();
    const pid = rows[0]?.pid ?? 0;
    const work = database(own).transaction(
      async (tx) => {
        process.kill(pid, 'SIGSTOP');
        await tx.all(sql`select 1`);
      },
      { timeoutMs: 300 },
    );
    try {
      await expect(work).rejects.toMatchObject({ kind: 'timeout' });
      expect(own.totalCount).toBe(0);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await own.end();
  });
});
