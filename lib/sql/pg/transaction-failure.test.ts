import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { usePgTable } from '../../../checks/sql-drivers/use-pg-table.ts';
import { type Database, type DatabaseError, driverErrorOf, sql } from '../index.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`failing transactions on pg${noServer ? `: ${noServer}` : ''}`, () => {
  const server = usePgTable();
  const { insert, ids } = server;

  describe('are run again', () => {
    /** Two that read what the other one writes: one of them fails, whichever commits last. */
    async function meet(
      retries: number,
    ): Promise<{ runs: number; results: PromiseSettledResult<unknown>[] }> {
      await server.admin.query('insert into t values (1), (2)');
      let runs = 0;
      let both = (): void => undefined;
      const met = new Promise<void>((resolve) => {
        both = resolve;
      });
      const one = (own: number, other: number) =>
        server.db.transaction(
          async (tx) => {
            const { n } = await tx.one<{ n: number }>(sql`select n from t where id = ${other}`);
            // Counted behind the read: a snapshot taken after the other one's commit conflicts with nothing.
            runs += 1;
            if (runs >= 2) both();
            await met;
            await tx.execute(sql`update t set n = ${n + 1} where id = ${own}`);
          },
          { isolation: 'serializable', retries },
        );
      const results = await Promise.allSettled([one(1, 2), one(2, 1)]);
      return { runs, results };
    }

    it('after a serialisation failure', async () => {
      const { runs, results } = await meet(3);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      expect(runs).toBe(3);
      expect((await server.admin.query('select n from t order by n')).rows).toEqual([{ n: 1 }, { n: 2 }]);
    });

    it('not where no retries are wanted', async () => {
      const { runs, results } = await meet(0);
      const reasons = results.flatMap((result) =>
        result.status === 'rejected' ? [result.reason as unknown] : [],
      );
      expect(reasons).toMatchObject([{ kind: 'serialization', databaseCode: '40001' }]);
      expect(runs).toBe(2);
    });

    it('after a deadlock', async () => {
      await server.admin.query('insert into t values (1), (2)');
      await server.admin.query(`alter system set deadlock_timeout = '100ms'`);
      await server.admin.query('select pg_reload_conf()');
      let runs = 0;
      let both = (): void => undefined;
      const met = new Promise<void>((resolve) => {
        both = resolve;
      });
      const one = (first: number, second: number) =>
        server.db.transaction(
          async (tx) => {
            await tx.execute(sql`update t set n = n + 1 where id = ${first}`);
            runs += 1;
            if (runs >= 2) both();
            await met;
            await tx.execute(sql`update t set n = n + 1 where id = ${second}`);
          },
          { retries: 5 },
        );
      await Promise.all([one(1, 2), one(2, 1)]);
      expect(runs).toBe(3);
      expect((await server.admin.query('select n from t')).rows).toEqual([{ n: 2 }, { n: 2 }]);
    });

    it('not beyond their time, and end with the reason of the signal', async () => {
      const ending = new AbortController();
      let runs = 0;
      const fails = async (tx: Database): Promise<void> => {
        runs += 1;
        if (runs === 3) ending.abort(new Error('enough'));
        await tx.execute(sql`do $$ begin raise exception using errcode = '40001'; end $$`);
      };
      const work = server.db.transaction(fails, { retries: 10, signal: ending.signal });
      await expect(work).rejects.toThrow('enough');
      expect(runs).toBe(3);
    });
  });

  describe('whose connection is killed', () => {
    const kill = (pid: number) => server.admin.query('select pg_terminate_backend($1)', [pid]);
    const pidOf = async (tx: Database): Promise<number> =>
      (await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)).pid;

    it('before a statement, fail without a doubt', async () => {
      const work = server.db.transaction(async (tx) => {
        const pid = await pidOf(tx);
        await insert(1, tx);
        await kill(pid);
        await insert(2, tx);
      });
      await expect(work).rejects.toMatchObject({ kind: 'connection' });
      expect(await ids()).toEqual([]);
    });

    it('before the commit is sent, fail without a doubt', async () => {
      const work = server.db.transaction(async (tx) => {
        const pid = await pidOf(tx);
        await insert(1, tx);
        await kill(pid);
        // Until the news of it is here.
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      await expect(work).rejects.toMatchObject({ kind: 'connection' });
      expect(await ids()).toEqual([]);
    });

    it('during a statement, fail without a doubt', async () => {
      const work = server.db.transaction(async (tx) => {
        const pid = await pidOf(tx);
        const sleeping = tx.execute(sql`select pg_sleep(30)`);
        setTimeout(() => void kill(pid), 100);
        await sleeping;
      });
      await expect(work).rejects.toMatchObject({ kind: 'connection', databaseCode: '57P01' });
    });

    it('during the commit, say that it is not known', async () => {
      await server.admin.query(`
        create table slow (id integer);
        create function sleeps() returns trigger language plpgsql as 'begin perform pg_sleep(30); return null; end';
        create constraint trigger slow after insert on slow deferrable initially deferred
          for each row execute function sleeps()`);
      const work = server.db.transaction(async (tx) => {
        const pid = await pidOf(tx);
        await tx.execute(sql`insert into slow values (1)`);
        const waits = `select 1 from pg_stat_activity where pid = $1 and query ilike 'commit' and wait_event = 'PgSleep'`;
        void expect
          .poll(async () => (await server.admin.query(waits, [pid])).rowCount, { timeout: 10_000 })
          .toBe(1)
          .then(() => kill(pid));
      });
      const error: unknown = await work.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ kind: 'commit-unknown', status: 503 });
      expect(driverErrorOf(error as DatabaseError)).toMatchObject({ code: '57P01' });
    });

    it('after the commit, are committed', async () => {
      const pid = await server.db.transaction(async (tx) => {
        await insert(1, tx);
        return pidOf(tx);
      });
      // The pool is told by the connection's end, which comes a moment after the kill.
      const removed = new Promise((resolve) => server.pool.once('remove', resolve));
      await kill(pid);
      await removed;
      expect(await ids()).toEqual([1]);
      await insert(2);
    });
  });
});
