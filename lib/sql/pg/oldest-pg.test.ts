import { once } from 'node:events';
import type pg from 'pg';
// @ts-expect-error An alias has no types of its own.
import oldest from 'pg-oldest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('postgres');
const { Pool, Client } = oldest as typeof pg;

/** The first version that is promised; it does not tell by itself whether a transaction is open. */
describe.skipIf(noServer)(`pg 8.12${noServer ? `: ${noServer}` : ''}`, () => {
  let pool: pg.Pool;
  let client: pg.Client;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    pool = new Pool({ connectionString: server.url, max: 1 });
    client = new Client(server.url);
    await client.connect();
    stop = async () => {
      await Promise.all([pool.end(), client.end()]);
      await server.stop();
    };
  });
  afterAll(() => stop());

  it('has no transaction begun on its pool by a statement, and the connection is not used again', async () => {
    const db = database(pool);
    expect(await db.one(sql`select ${1}::int as id`)).toEqual({ id: 1 });
    const removed = once(pool, 'remove');
    await expect(db.execute(sql`begin`)).rejects.toMatchObject({ code: 'sql/begin-on-pool' });
    await removed;
    expect(await db.one(sql`select ${2}::int as id`)).toEqual({ id: 2 });
  });

  it('is asked anew where what was prepared is gone, outside of a transaction', async () => {
    const ask = () => database(client).one(sql`select ${1}::int as id`);
    await ask();
    await client.query('deallocate all');
    expect(await ask()).toEqual({ id: 1 });
  });

  it('streams, commits and joins a transaction that is open', async () => {
    const db = database(client);
    const rows: unknown[] = [];
    for await (const row of db.stream(sql`select i from generate_series(1, ${5}) i`, { batch: 2 }))
      rows.push(row);
    expect(rows).toEqual([1, 2, 3, 4, 5].map((i) => ({ i })));
    await client.query('begin');
    await db.transaction((tx) => tx.execute(sql`create table joined (id int)`));
    await client.query('rollback');
    expect(await db.one(sql`select to_regclass('joined')::text as name`)).toEqual({ name: null });
    await db.transaction((tx) => tx.execute(sql`create table joined (id int)`));
    expect(await db.one(sql`select to_regclass('joined')::text as name`)).toEqual({ name: 'joined' });
    await expect(
      db.transaction((tx) => tx.execute(sql`commit`).then(() => tx.all(sql`select 1`))),
    ).rejects.toMatchObject({
      code: 'sql/transaction-over',
    });
  });
});
