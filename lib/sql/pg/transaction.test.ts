import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { usePgTable } from '../../../checks/sql-drivers/use-pg-table.ts';
import { type Database, sql } from '../index.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`transactions on pg${noServer ? `: ${noServer}` : ''}`, () => {
  const server = usePgTable();
  const { insert, ids } = server;

  const failed = { name: 'DatabaseError', kind: 'transaction-failed' };

  it('commit what resolves, and give its value', async () => {
    const value = await server.db.transaction(async (tx) => {
      await insert(1, tx);
      expect(await ids()).toEqual([]);
      return tx.one(sql`select count(*)::int as count from t`);
    });
    expect(value).toEqual({ count: 1 });
    expect(await ids()).toEqual([1]);
  });

  it('roll back what throws, and throw the same', async () => {
    for (const reason of [new Error('no'), undefined, 7]) {
      const work = server.db.transaction(async (tx) => {
        await insert(1, tx);
        throw reason;
      });
      expect(await work.catch((error: unknown) => [error])).toEqual([reason]);
    }
    expect(await ids()).toEqual([]);
    expect(server.pool.totalCount).toBeLessThan(3);
  });

  it('commit nothing where an error of a statement was caught', async () => {
    const work = server.db.transaction(async (tx) => {
      await insert(1, tx);
      await insert(1, tx).catch(() => 0);
    });
    await expect(work).rejects.toMatchObject(failed);
    expect(await ids()).toEqual([]);
  });

  it('commit nothing where a statement that was not awaited fails', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const work = server.db.transaction(async (tx) => {
      await insert(1, tx);
      late = tx.execute(sql`select 1 / 0, pg_sleep(0.1)`).catch((error: unknown) => error);
    });
    await expect(work).rejects.toMatchObject(failed);
    expect(await late).toMatchObject({ kind: 'data' });
    expect(await ids()).toEqual([]);
  });

  it('commit what was sent, though not awaited, and take nothing later', async () => {
    let [first, second]: Promise<unknown>[] = [];
    await server.db.transaction(async (tx) => {
      first = tx.execute(sql`insert into t select 1 from pg_sleep(0.1)`);
      second = first.then(() => insert(2, tx)).catch((error: unknown) => error);
    });
    expect(await ids()).toEqual([1]);
    expect(await first).toBe(1);
    expect(await second).toMatchObject({ code: 'sql/transaction-over' });
    expect(await ids()).toEqual([1]);
  });

  it('wait for a statement under way when another one threw', async () => {
    const work = server.db.transaction(async (tx) => {
      await Promise.all([
        tx.execute(sql`insert into t select 1 from pg_sleep(0.1)`),
        Promise.reject(new Error('no')),
      ]);
    });
    await expect(work).rejects.toThrow('no');
    expect(await ids()).toEqual([]);
  });

  it('have a handle that is over at their end', async () => {
    let kept: Database | undefined;
    await server.db.transaction(async (tx) => {
      kept = tx;
    });
    const over = { code: 'sql/transaction-over' };
    await expect(kept?.execute(sql`select 1`)).rejects.toMatchObject(over);
    await expect(kept?.transaction(async () => 1)).rejects.toMatchObject(over);
    await expect(kept?.stream(sql`select 1`).next()).rejects.toMatchObject(over);
  });

  it('have streams that are over at their end, and send nothing to whoever has the connection then', async () => {
    let rows: AsyncGenerator<unknown> | undefined;
    await server.db.transaction(async (tx) => {
      rows = tx.stream(sql`select generate_series(1, 100)`, { batch: 1 });
      await rows.next();
    });
    await server.db.transaction(async (tx) => {
      await insert(1, tx);
      await expect(rows?.next()).rejects.toMatchObject({ code: 'sql/transaction-over' });
      await rows?.return(undefined);
    });
    expect(await ids()).toEqual([1]);
  });

  it('refuse commands of their own that end them, and what follows', async () => {
    const work = server.db.transaction(async (tx) => {
      await tx.execute(sql`commit`);
      await insert(1, tx);
    });
    await expect(work).rejects.toMatchObject({ code: 'sql/transaction-over' });
    const ended = server.db.transaction((tx) => tx.execute(sql`rollback`));
    await expect(ended).rejects.toMatchObject({ code: 'sql/transaction-over' });
    expect(await ids()).toEqual([]);
  });

  it('cannot be begun on a pool by a statement', async () => {
    await expect(server.db.execute(sql`begin`)).rejects.toMatchObject({ code: 'sql/begin-on-pool' });
    await insert(1);
    expect(await ids()).toEqual([1]);
    const within = { timeoutMs: 10_000 };
    await server.db.execute(sql`begin`, within);
    await insert(2);
    expect(await ids()).toEqual([1, 2]);
  });

  it('never join one that others left open on a connection of the pool', async () => {
    const clients = await Promise.all([server.pool.connect(), server.pool.connect(), server.pool.connect()]);
    for (const [i, client] of clients.entries()) {
      await client.query(`begin; insert into t values (${90 + i})`);
    }
    for (const client of clients) client.release();
    await server.db.transaction((tx) => insert(1, tx));
    expect(await ids()).toEqual([1]);
    await Promise.all(
      [1, 2, 3].map(() => server.db.transaction((tx) => tx.execute(sql`select pg_sleep(0.05)`))),
    );
  });

  it.each(['read committed', 'repeatable read', 'serializable'] as const)('are %s', async (isolation) => {
    const found = await server.db.transaction((tx) => tx.one(sql`show transaction_isolation`), { isolation });
    expect(found).toEqual({ transaction_isolation: isolation });
  });

  it('are read-only', async () => {
    const writes = server.db.transaction((tx) => insert(1, tx), { readOnly: true });
    await expect(writes).rejects.toMatchObject({ kind: 'read-only', databaseCode: '25006' });
    expect(await server.db.transaction((tx) => tx.all(sql`select id from t`), { readOnly: true })).toEqual(
      [],
    );
  });

  it.each([{ isolation: 'chaos' }, { readOnly: 1 }, { retries: 11 }, { retries: 0.5 }, { timeoutMs: 0 }])(
    'refuse %j',
    async (options) => {
      const code = 'bulwark/invalid-option';
      await expect(server.db.transaction(async () => 1, options as never)).rejects.toMatchObject({ code });
      await expect(server.db.transaction(async () => 1, { retries: 10 })).resolves.toBe(1);
    },
  );

  it('fail at the commit with what a deferred constraint says', async () => {
    await server.admin.query('create table d (t integer references t deferrable initially deferred)');
    const work = server.db.transaction((tx) => tx.execute(sql`insert into d values (77)`));
    await expect(work).rejects.toMatchObject({ kind: 'foreign-key', table: 'd' });
    await expect(server.db.transaction((tx) => tx.execute(sql`insert into d values (null)`))).resolves.toBe(
      1,
    );
  });

  it('keep the connection after errors of the server', async () => {
    const removed: unknown[] = [];
    server.pool.on('remove', (client) => removed.push(client));
    for (let i = 0; i < 5; i += 1) {
      await insert(1).catch(() => 0);
      await insert(1, server.db).catch(() => 0);
      await server.db.transaction((tx) => insert(1, tx)).catch(() => 0);
      await server.db.execute(sql`select 1 / 0`, { timeoutMs: 5_000 }).catch(() => 0);
    }
    expect(removed).toEqual([]);
  });

  it('are not changed by a polluted prototype', async () => {
    const names = {
      isolation: 'serializable',
      readOnly: true,
      timeoutMs: 1,
      retries: 10,
      name: 'x',
      values: ['x'],
      row: {},
    };
    for (const [name, value] of Object.entries(names)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      try {
        await server.db.transaction(async (tx) => {
          await tx.execute(sql`insert into t values (${1}) on conflict do nothing`, {});
          expect(await tx.one(sql`show transaction_isolation`, {})).toEqual({
            transaction_isolation: 'read committed',
          });
        }, {});
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    }
    expect(await ids()).toEqual([1]);
  });
});
