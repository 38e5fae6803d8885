import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { type PgbouncerPlan, startPgbouncer } from '../../../checks/machine/pgbouncer.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { type Database, sql } from '../index.ts';
import { database, type PrepareOption } from './index.ts';

const noServer = missing('postgres');
const noPooler = noServer ?? missing('pgbouncer');

describe.skipIf(noServer)(`prepared statements of pg${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let pool: pg.Pool;
  let client: pg.Client;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    url = server.url;
    pool = new pg.Pool({ connectionString: url, max: 2 });
    client = new pg.Client(url);
    await client.connect();
    stop = async () => {
      await Promise.all([client.end(), pool.end()]);
      await server.stop();
    };
  });

  afterAll(() => stop());

  async function namesOn(connection: pg.Client): Promise<string[]> {
    const names = await connection.query<{ name: string }>(
      'select name from pg_prepared_statements order by 1',
    );
    return names.rows.map(({ name }) => name);
  }

  it('have a name for each place in the code, and keep it', async () => {
    const db = database(client);
    const ask = (id: number) => db.one(sql`select ${id}::integer as id`);
    for (let id = 0; id < 20; id += 1) expect(await ask(id)).toEqual({ id });
    const [name, ...others] = await namesOn(client);
    expect(name).toMatch(/^bulwark_[\w-]{32}$/);
    expect(others).toEqual([]);
    await db.one(sql`select ${1}::integer as other`);
    expect(await namesOn(client)).toHaveLength(2);
  });

  it('are few, however many texts a place makes', async () => {
    const before = (await namesOn(client)).length;
    for (let count = 1; count <= 40; count += 1) {
      const numbers = Array.from({ length: count }, (_, i) => sql`${i}::integer`);
      const found = await database(client).one(sql`select array[${sql.join(numbers)}] as list`);
      expect(found).toEqual({ list: numbers.map((_, i) => i) });
    }
    expect((await namesOn(client)).length - before).toBe(16);
  });

  it('are none with `never`', async () => {
    const own = new pg.Client(url);
    await own.connect();
    const db = database(own, { prepare: 'never' });
    expect(await db.one(sql`select ${1}::integer as id`)).toEqual({ id: 1 });
    expect(await namesOn(own)).toEqual([]);
    const code = 'bulwark/invalid-option';
    expect(() => database(own, { prepare: 'auto' })).toThrow(expect.objectContaining({ code }));
    expect(() => database(own, { prepare: 'always' as PrepareOption })).toThrow(
      expect.objectContaining({ code }),
    );
    await own.end();
  });

  describe('outlive a table that is altered', () => {
    const select = sql`select * from altered`;

    it.each(['pool', 'client'])('on a %s', async (which) => {
      const db = database(which === 'pool' ? pool : client);
      await db.execute(sql`drop table if exists altered`);
      await db.execute(sql`create table altered (a integer)`);
      await db.execute(sql`insert into altered values (1)`);
      const both = () => Promise.all([db.all(select), db.all(select)]);
      expect(await both()).toEqual([[{ a: 1 }], [{ a: 1 }]]);
      for (const name of ['b', 'c', 'd']) {
        await db.execute(sql`alter table altered add ${sql.identifier(name, ['b', 'c', 'd'])} integer`);
        for (let i = 0; i < 3; i += 1) {
          for (const rows of await both())
            expect(rows).toEqual([expect.objectContaining({ a: 1, [name]: null })]);
        }
      }
    });

    it('in a transaction, by running it again', async () => {
      const db = database(client);
      await db.all(select);
      await db.execute(sql`alter table altered add e integer`);
      const read = (tx: Database) => tx.all(select);
      await expect(db.transaction(read)).rejects.toMatchObject({
        kind: 'serialization',
        databaseCode: '0A000',
      });
      expect(await db.transaction(read)).toEqual([expect.objectContaining({ e: null })]);
      await db.execute(sql`alter table altered add f integer`);
      expect(await db.transaction(read, { retries: 1 })).toEqual([expect.objectContaining({ f: null })]);
    });
  });

  it('outlive `discard all`', async () => {
    const own = new pg.Client(url);
    await own.connect();
    const ask = () => database(own).one(sql`select ${1}::integer as id`);
    await ask();
    await own.query('discard all');
    expect(await ask()).toEqual({ id: 1 });
    expect(await ask()).toEqual({ id: 1 });
    await own.end();
  });

  describe.skipIf(noPooler)(`behind PgBouncer${noPooler ? `: ${noPooler}` : ''}`, () => {
    async function behind(
      plan: Omit<PgbouncerPlan, 'url'>,
      work: (connect: (option?: PrepareOption) => Database) => Promise<void>,
    ): Promise<void> {
      const pooler = await startPgbouncer({ url, ...plan });
      const pools: pg.Pool[] = [];
      try {
        await work((prepare = 'auto') => {
          const own = new pg.Pool({ connectionString: pooler.url, max: 4 });
          pools.push(own);
          return database(own, { prepare });
        });
        for (const own of pools) expect(own.totalCount - own.idleCount).toBe(0);
      } finally {
        await Promise.all(pools.map((own) => own.end()));
        await pooler.stop();
      }
    }

    /** As two processes would: what one prepared, the other finds. */
    async function mixed(databases: readonly Database[], single = false): Promise<void> {
      const asking = Array.from({ length: 200 }, async (_, i) => {
        const db = databases[i % databases.length] as Database;
        switch (i % (single ? 2 : 3)) {
          case 0:
            expect(await db.one(sql`select ${i}::integer as i`)).toEqual({ i });
            return;
          case 1:
            expect(await db.one(sql`select ${`t${i}`}::text as text, ${i}::integer as i`)).toEqual({
              text: `t${i}`,
              i,
            });
            return;
          default:
            await db.transaction(
              async (tx) => {
                expect(await tx.one(sql`select ${i}::integer + 1 as next`)).toEqual({ next: i + 1 });
                expect(await tx.one(sql`select ${i}::integer - 1 as last`)).toEqual({ last: i - 1 });
              },
              { retries: 5 },
            );
        }
      });
      await Promise.all(asking);
    }

    it.each([0, 1, 100])(
      'that keeps %d prepared statements, give the right rows',
      async (preparedStatements) => {
        await behind({ mode: 'transaction', preparedStatements }, async (connect) => {
          const databases = [connect(), connect(), connect()];
          await mixed(databases);
          await mixed(databases);
        });
      },
    );

    it('with a connection for each statement, run single ones', async () => {
      await behind({ mode: 'statement', preparedStatements: 0 }, async (connect) => {
        const databases = [connect(), connect()];
        await mixed(databases, true);
        const work = databases[0]?.transaction((tx) => tx.one(sql`select 1`));
        await expect(work).rejects.toMatchObject({ name: 'DatabaseError' });
      });
    });

    it('are not prepared with `never`', async () => {
      await behind({ mode: 'transaction', preparedStatements: 0 }, async (connect) => {
        await mixed([connect('never'), connect('never')]);
        const names = await connect('never').all(
          sql`select name from pg_prepared_statements where name like 'bulwark%'`,
        );
        expect(names).toEqual([]);
      });
    });

    it('end what took too long, and nothing else', async () => {
      await behind({ mode: 'transaction', preparedStatements: 0 }, async (connect) => {
        const db = connect();
        const others = Array.from({ length: 50 }, (_, i) =>
          db.one(sql`select ${i}::integer as i from pg_sleep(0.02)`),
        );
        const late = db.all(sql`select pg_sleep(30)`, { timeoutMs: 150 });
        await expect(late).rejects.toMatchObject({ kind: 'timeout' });
        expect(await Promise.all(others)).toEqual(others.map((_, i) => ({ i })));
      });
    });
  });
});
