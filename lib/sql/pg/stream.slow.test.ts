import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { type Database, sql } from '../index.ts';
import { database as onPglite } from '../pglite/index.ts';
import { transactionStatus } from './connection-state.ts';
import { database } from './index.ts';

const noServer = missing('postgres');
const numbers = (to: number) => sql`select i from generate_series(1, ${to}::integer) i`;
/** Fails at 500. */
const failing = sql`select 1 / (500 - i) as i from generate_series(1, 1000) i`;

async function collect<T>(rows: AsyncIterable<T>, most = Number.POSITIVE_INFINITY): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) {
    found.push(row);
    if (found.length >= most) break;
  }
  return found;
}

describe.skipIf(noServer)(`streams of a pool of pg${noServer ? `: ${noServer}` : ''}`, () => {
  let pool: pg.Pool;
  let db: Database;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    pool = new pg.Pool({ connectionString: server.url, max: 2 });
    db = database(pool);
    stop = async () => {
      await pool.end();
      await server.stop();
    };
  });

  afterAll(() => stop());

  afterEach(async () => {
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
    const open = await pool.query(`select 1 from pg_stat_activity where state like 'idle in%'`);
    expect(open.rows).toEqual([]);
  });

  streamTests(() => db);

  it('leave the other connections of the pool to statements in the loop', async () => {
    let count = 0;
    for await (const { i } of db.stream<{ i: number }>(numbers(300), { batch: 50 })) {
      count += (await db.one<{ i: number }>(sql`select ${i}::integer as i`)).i === i ? 1 : 0;
    }
    expect(count).toBe(300);
  });

  it('end the statement on the server when they are aborted in the middle', async () => {
    const ending = new AbortController();
    const slow = sql`select i, pg_sleep(case when i > 10 then 30 else 0 end)::text from generate_series(1, 20) i`;
    const reading = collect(db.stream(slow, { batch: 10, signal: ending.signal }));
    const asleep = `select 1 from pg_stat_activity where wait_event = 'PgSleep'`;
    await expect.poll(async () => (await pool.query(asleep)).rowCount).toBe(1);
    ending.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect((await pool.query(asleep)).rowCount).toBe(0);
  });
});

describe.skipIf(noServer)(`streams of a client of pg${noServer ? `: ${noServer}` : ''}`, () => {
  let client: pg.Client;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    client = new pg.Client(server.url);
    await client.connect();
    stop = async () => {
      await client.end();
      await server.stop();
    };
  });

  afterAll(() => stop());
  afterEach(() => expect(transactionStatus(client)).toBe('I'));

  streamTests(() => database(client));
  singleTests(
    () => database(client),
    (text) => client.query(text),
  );
});

describe('streams of PGlite', () => {
  let store: PGlite;

  beforeAll(async () => {
    store = await PGlite.create();
  });

  afterAll(() => store.close());

  streamTests(() => onPglite(store));
  singleTests(
    () => onPglite(store),
    (text) => store.query(text),
  );
});

function streamTests(connect: () => Database): void {
  it.each([1, 7, 100, 10_000])('give every row in order, %d at a time', async (batch) => {
    const rows = await collect(connect().stream<{ i: number }>(numbers(350), { batch }));
    expect(rows.map(({ i }) => i)).toEqual(Array.from({ length: 350 }, (_, i) => i + 1));
  });

  it('may be left early, and by an error of the reader', async () => {
    const db = connect();
    expect(await collect(db.stream(numbers(1000)), 150)).toHaveLength(150);
    const reading = (async () => {
      for await (const _ of db.stream(numbers(1000))) throw new Error('the reader');
    })();
    await expect(reading).rejects.toThrow('the reader');
    expect(await db.all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('tell an error in the middle behind the rows before it', async () => {
    const db = connect();
    const found: unknown[] = [];
    const reading = (async () => {
      for await (const row of db.stream(failing, { batch: 50 })) found.push(row);
    })();
    await expect(reading).rejects.toMatchObject({
      kind: 'data',
      databaseCode: '22012',
      statement: expect.any(String),
    });
    expect(found).toHaveLength(450);
    expect(await db.all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('run in a transaction beside other statements', async () => {
    const db = connect();
    await db.execute(sql`drop table if exists copied`);
    await db.execute(sql`create table copied (i integer)`);
    await db.transaction(async (tx) => {
      for await (const { i } of tx.stream<{ i: number }>(numbers(150), { batch: 20 })) {
        await tx.execute(sql`insert into copied values (${i})`);
        if (i % 50 === 0) {
          const point = tx.transaction((inner) => inner.execute(sql`select 1 / 0`));
          await expect(point).rejects.toMatchObject({ kind: 'data' });
        }
      }
      expect(await collect(tx.stream(numbers(300)), 10)).toHaveLength(10);
    });
    expect(await db.one(sql`select count(*)::integer as n, sum(i)::integer as sum from copied`)).toEqual({
      ...{ n: 150, sum: 11_325 },
    });
  });

  it('end a transaction in which they failed, even if that was caught', async () => {
    const work = connect().transaction(async (tx) => {
      await collect(tx.stream(failing)).catch(() => 0);
    });
    await expect(work).rejects.toMatchObject({ kind: 'transaction-failed' });
  });

  it('check each row by a schema', async () => {
    const db = connect();
    const row = z.object({ i: z.number().max(120) }).transform(({ i }) => i);
    expect(await collect(db.stream(numbers(120), { row }))).toHaveLength(120);
    const found: number[] = [];
    const reading = (async () => {
      for await (const i of db.stream(numbers(300), { row, batch: 60 })) found.push(i);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'sql/unexpected-row' });
    expect(found).toHaveLength(120);
    const caught = db.transaction(async (tx) => {
      await collect(tx.stream(numbers(300), { row })).catch(() => 0);
      return tx.one(sql`select 1 as one`);
    });
    expect(await caught).toEqual({ one: 1 });
  });

  it('are of select and values alone', async () => {
    const db = connect();
    await db.execute(sql`create table if not exists copied (i integer)`);
    for (const query of [sql`insert into copied values (1) returning i`, sql`show work_mem`, sql`selec 1`]) {
      await expect(collect(db.stream(query))).rejects.toMatchObject({
        ...{ kind: 'schema', databaseCode: '42601', hint: 'Only `select` and `values` can be streamed.' },
      });
    }
    expect(await collect(db.stream(sql`values (1), (2)`))).toHaveLength(2);
    expect(await collect(db.stream(sql`with a as (select 1 as b) select b from a -- all`))).toEqual([
      { b: 1 },
    ]);
  });

  it.each([0, 1.5, 10_001, '9'])('take no batch of %s', async (batch) => {
    const reading = collect(connect().stream(numbers(2), { batch: batch as number }));
    await expect(reading).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    expect(await collect(connect().stream(numbers(2), { batch: 10_000 }))).toHaveLength(2);
  });
}

/** Where there is one connection. */
function singleTests(connect: () => Database, query: (text: string) => Promise<unknown>): void {
  it('let nothing else run on the connection, and nothing wait for ever', async () => {
    const db = connect();
    const open = { code: 'sql/stream-open' };
    for await (const _ of db.stream(numbers(3))) {
      await expect(db.all(sql`select 1`)).rejects.toMatchObject(open);
      await expect(connect().transaction(async () => 1)).rejects.toMatchObject(open);
      await expect(collect(connect().stream(numbers(1)))).rejects.toMatchObject(open);
    }
    expect(await db.all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('wait for a transaction that is open, and what comes behind does not wait for them', async () => {
    const db = connect();
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const first = db.transaction(() => gate);
    const reading = collect(db.stream(numbers(3)));
    await expect(db.all(sql`select 1`)).rejects.toMatchObject({ code: 'sql/stream-open' });
    go();
    await first;
    expect(await reading).toHaveLength(3);
  });

  it('are inside a transaction that the application began', async () => {
    const db = connect();
    await query('begin');
    await query('create table begun (i integer)');
    await query('insert into begun values (1)');
    expect(await collect(db.stream(sql`select i from begun`))).toEqual([{ i: 1 }]);
    await db.transaction((tx) => tx.execute(sql`insert into begun values (2)`));
    const other = db.transaction(async () => 1, { isolation: 'serializable' });
    await expect(other).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    expect(await db.all(sql`select i from begun`)).toEqual([{ i: 1 }, { i: 2 }]);
    await query('rollback');
    await expect(db.all(sql`select i from begun`)).rejects.toMatchObject({ databaseCode: '42P01' });
  });

  it('and transactions take turns', async () => {
    const db = connect();
    await db.execute(sql`drop table if exists turns`);
    await db.execute(sql`create table turns (i integer)`);
    const work = (i: number, fails: boolean) =>
      connect().transaction(async (tx) => {
        await tx.execute(sql`insert into turns values (${i})`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (fails) throw new Error('undone');
        await tx.execute(sql`insert into turns values (${i})`);
      });
    const beside = async (i: number): Promise<void> => {
      await db.execute(sql`insert into turns values (${i})`);
    };
    const all = await Promise.allSettled([
      work(1, false),
      work(2, true),
      beside(3),
      work(4, true),
      work(5, false),
    ]);
    expect(all.map(({ status }) => status[0])).toEqual(['f', 'r', 'f', 'r', 'f']);
    const rows = await db.all<{ i: number }>(sql`select i from turns`);
    expect(rows.map(({ i }) => i)).toEqual([1, 1, 3, 5, 5]);
  });

  it('refuse the database itself inside its own transaction, and not afterwards', async () => {
    const db = connect();
    const outside = { code: 'sql/outside-transaction' };
    let later: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await expect(db.all(sql`select 1`)).rejects.toMatchObject(outside);
      await expect(connect().transaction(async () => 1)).rejects.toMatchObject(outside);
      await expect(db.stream(sql`select 1`).next()).rejects.toMatchObject(outside);
      await tx.transaction(async () => expect(db.all(sql`select 1`)).rejects.toMatchObject(outside));
      later = new Promise((resolve) => setTimeout(resolve, 50)).then(() => db.all(sql`select 1 as one`));
    });
    expect(await later).toEqual([{ one: 1 }]);
  });
}
