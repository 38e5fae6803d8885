import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { usePostgresJs } from '../../../checks/sql-drivers/use-postgres-js.ts';
import { sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`a connection of postgres.js${noServer ? `: ${noServer}` : ''}`, () => {
  const server = usePostgresJs();

  beforeAll(() => {
    server.pool.on('error', () => undefined);
  });

  describe('a transaction', () => {
    it('is committed, rolled back, and has savepoints', async () => {
      await server.db.transaction(async (tx) => {
        await tx.execute(sql`update counter set n = 1 where id = 1`);
        expect(await database(server.client).one(sql`select n from counter where id = 1`)).toEqual({ n: 0 });
        await expect(
          tx.transaction(async (inner) => {
            await inner.execute(sql`update counter set n = 5 where id = 1`);
            await inner.execute(sql`select 1 / ${0}::int`);
          }),
        ).rejects.toMatchObject({ kind: 'data' });
        expect(await tx.one(sql`select n from counter where id = 1`)).toEqual({ n: 1 });
        const rows: unknown[] = [];
        for await (const row of tx.stream(sql`select id from counter order by id`, { batch: 1 }))
          rows.push(row);
        expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
      });
      const wanted = new Error('wanted');
      await expect(
        server.db.transaction(async (tx) => {
          await tx.execute(sql`update counter set n = 9 where id = 1`);
          throw wanted;
        }),
      ).rejects.toBe(wanted);
      expect(await server.db.one(sql`select n from counter where id = 1`)).toEqual({ n: 1 });
    });

    it('has its isolation and is read-only where it is told to be', async () => {
      const shown = await server.db.transaction((tx) => tx.one(sql`show transaction_isolation`), {
        ...{ isolation: 'serializable', readOnly: true },
      });
      expect(shown).toEqual({ transaction_isolation: 'serializable' });
      await expect(
        server.db.transaction((tx) => tx.execute(sql`delete from fruit`), { readOnly: true }),
      ).rejects.toMatchObject({ kind: 'read-only' });
    });

    it('is tried again after a serialisation failure', async () => {
      let attempts = 0;
      const add = () =>
        server.db.transaction(
          async (tx) => {
            attempts += 1;
            const { n } = await tx.one<{ n: number }>(sql`select n from counter where id = 2`);
            await sleep(50);
            await tx.execute(sql`update counter set n = ${n + 1} where id = 2`);
          },
          { isolation: 'serializable', retries: 10 },
        );
      await Promise.all([add(), add()]);
      expect(await server.db.one(sql`select n from counter where id = 2`)).toEqual({ n: 2 });
      expect(attempts).toBeGreaterThan(2);
    });

    it('joins the one of begin, and of a reserved connection', async () => {
      await server.client
        .begin(async (tx) => {
          const on = database(tx);
          await on.execute(sql`insert into fruit (id) values (70)`);
          await on.transaction((inner) => inner.execute(sql`insert into fruit (id) values (71)`));
          expect(await on.all(sql`select id from fruit where id > 69`, { timeoutMs: 5_000 })).toHaveLength(2);
          throw new Error('back');
        })
        .catch(() => undefined);
      const reserved = await server.client.reserve();
      const on = database(reserved);
      await on.transaction((inner) => inner.execute(sql`update counter set n = 50 where id = 2`));
      await on.execute(sql`begin`);
      await on.transaction((inner) => inner.execute(sql`insert into fruit (id) values (72)`));
      await on.execute(sql`rollback`);
      reserved.release();
      expect(await server.db.all(sql`select id from fruit where id > 69`)).toEqual([]);
      expect(await server.db.one(sql`select n from counter where id = 2`)).toEqual({ n: 50 });
    });

    it('joins one that a text began where there is one connection', async () => {
      const one = postgres(server.url, { max: 1 });
      const on = database(one);
      await on.execute(sql`begin`);
      await on.transaction((tx) => tx.execute(sql`insert into fruit (id) values (80)`));
      await on.execute(sql`rollback`);
      expect(await on.all(sql`select id from fruit where id = 80`)).toEqual([]);
      await one.end();
    });

    it('survives the loss of its connection, and does not go on outside of it', async () => {
      const lost = server.db.transaction(async (tx) => {
        const { pid } = await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await tx.execute(sql`insert into fruit (id) values (90)`);
        await server.pool.query('select pg_terminate_backend($1)', [pid]);
        await sleep(200);
        // Both connections of the client are open again, and free.
        await Promise.all([
          server.db.all(sql`select pg_sleep(0.05)`),
          server.db.all(sql`select pg_sleep(0.05)`),
        ]);
        await tx.execute(sql`insert into fruit (id) values (91)`);
      });
      await expect(lost).rejects.toMatchObject({ kind: 'connection' });
      expect(await server.db.all(sql`select id from fruit where id >= 90`)).toEqual([]);
      const all = await Promise.all(
        [1, 2, 3, 4].map((n) => server.db.transaction((tx) => tx.one(sql`select ${n}::int as n`))),
      );
      expect(all).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    });

    it('loses no write that was acknowledged, and no connection, while the server cuts off everybody', async () => {
      // What postgres.js asks for the types of lists by has no handler for a connection that is cut off meanwhile.
      const own = postgres(server.url, { max: 4, fetch_types: false, backoff: () => 0.01 });
      const on = database(own);
      await on.execute(sql`create table kept (id integer primary key)`);
      const acknowledged: number[] = [];
      const errors: unknown[] = [];
      let next = 0;
      let over = false;
      const user = async (): Promise<void> => {
        while (!over) {
          const id = next++;
          try {
            // Without a limit: nobody may wait for ever.
            await on.transaction(async (tx) => {
              await tx.execute(sql`insert into kept values (${id})`);
              await tx.one(sql`select count(*) from kept`);
            });
            acknowledged.push(id);
            expect(await on.one(sql`select ${id}::int as id`)).toEqual({ id });
          } catch (error) {
            errors.push(error);
          }
        }
      };
      const users = Array.from({ length: 12 }, user);
      for (let cut = 0; cut < 8; cut++) {
        await sleep(150);
        await server.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where pid <> pg_backend_pid() and application_name = 'postgres.js'`);
      }
      over = true;
      await Promise.all(users);
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) {
        expect(error).toMatchObject({ kind: expect.stringMatching(/^(connection|commit-unknown)$/) });
      }
      // The last cut may be told to one statement more on each connection.
      const read = () => on.all<{ id: number }>(sql`select id from kept`).catch(() => undefined);
      await expect.poll(read).toBeDefined();
      const { rows } = await server.pool.query<{ id: number }>('select id from kept');
      const stored = new Set(rows.map(({ id }) => id));
      expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
      // Every connection can be had again, and none is in a transaction.
      const held = [0, 1, 2, 3].map(() => on.transaction((tx) => tx.all(sql`select pg_sleep(0.2)`)));
      expect(await Promise.all(held)).toHaveLength(4);
      const open = `select pid from pg_stat_activity where state like 'idle in transaction%'`;
      expect((await server.pool.query(open)).rows).toEqual([]);
      await own.end({ timeout: 5 });
    });

    it('does not keep the client from ending', async () => {
      const own = postgres(server.url, { max: 2 });
      const on = database(own);
      let ended: Promise<void> | undefined;
      await on.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        ended = own.end();
        await sleep(50);
        await tx.execute(sql`update counter set n = 77 where id = 1`);
      });
      await ended;
      expect(await server.db.one(sql`select n from counter where id = 1`)).toEqual({ n: 77 });
    });
  });

  describe('a limit', () => {
    const sleeping = () =>
      server.pool.query(
        `select pid from pg_stat_activity where query like '%pg_sleep(60%' and state = 'active' and pid <> pg_backend_pid()`,
      );

    it('ends the statement on the server', async () => {
      await expect(
        server.db.all(sql`select pg_sleep(60), ${1}::int`, { timeoutMs: 200 }),
      ).rejects.toMatchObject({
        kind: 'timeout',
      });
      const reason = new Error('enough');
      const controller = new AbortController();
      setTimeout(() => controller.abort(reason), 200);
      await expect(server.db.all(sql`select pg_sleep(60)`, { signal: controller.signal })).rejects.toBe(
        reason,
      );
      await expect(
        server.db.transaction(async (tx) => tx.all(sql`select pg_sleep(60)`), { timeoutMs: 200 }),
      ).rejects.toMatchObject({ kind: 'timeout' });
      await expect(
        server.client.begin((tx) => database(tx).all(sql`select pg_sleep(60)`, { timeoutMs: 200 })),
      ).rejects.toThrow();
      expect((await sleeping()).rows).toEqual([]);
      // The connections are as good as before.
      expect(await server.db.all(sql`select ${1}::int as one`, { timeoutMs: 5_000 })).toEqual([{ one: 1 }]);
    });

    it('ends the waiting for a connection, and gives back one that comes late', async () => {
      const holds = [0, 1].map(() => server.db.transaction((tx) => tx.all(sql`select pg_sleep(0.5)`)));
      await sleep(100);
      await expect(server.db.all(sql`select 1`, { timeoutMs: 50 })).rejects.toMatchObject({
        kind: 'timeout',
      });
      await Promise.all(holds);
      const again = [0, 1, 2].map(() => server.db.transaction((tx) => tx.all(sql`select 1 as one`)));
      expect(await Promise.all(again)).toHaveLength(3);
    });
  });

  describe('a stream', () => {
    it('gives every row, and its connection back when left early', async () => {
      const seen: number[] = [];
      for await (const { n } of server.db.stream<{ n: number }>(
        sql`select n from generate_series(1, ${1_000}::int) as n`,
        { batch: 64 },
      )) {
        seen.push(n);
      }
      expect(seen).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
      for (let i = 0; i < 4; i++) {
        for await (const row of server.db.stream(sql`select generate_series(1, 1000000) as n`)) {
          expect(row).toEqual({ n: 1 });
          break;
        }
      }
      await expect(async () => {
        for await (const row of server.db.stream(sql`select 1 / (3 - n) from generate_series(1, 5) as n`, {
          batch: 1,
        })) {
          void row;
        }
      }).rejects.toMatchObject({ kind: 'data' });
      expect(
        (await server.pool.query(`select pid from pg_stat_activity where state like 'idle in transaction%'`))
          .rows,
      ).toEqual([]);
    });
  });
});
