import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { storeTests } from '../../../checks/session/store-tests.ts';
import { newKey } from '../../../checks/session/store-under-test.ts';
import { type PgStore, pgStore, sessionTable } from './index.ts';

const reason = missing('postgres');

describe.skipIf(reason)(`pgStore${reason ? `: ${reason}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  for (const level of ['read committed', 'repeatable read', 'serializable']) {
    describe(`with ${level}`, () => {
      let pool: pg.Pool;
      let store: PgStore;
      beforeAll(async () => {
        const options = `-c default_transaction_isolation=${level.replace(' ', '\\ ')}`;
        pool = new pg.Pool({ connectionString: server.url, options });
        store = pgStore(pool);
        await store.createTable();
        await store.createTable();
      });
      afterAll(() => pool.end());
      storeTests(
        () => store,
        async (key, ms, work) => {
          const moved = `update bulwark_session set created_at = statement_timestamp() - $2 * interval '1 ms',
            expires_at = statement_timestamp() + (300000 - $2) * interval '1 ms' where key = $1`;
          expect((await pool.query(moved, [key, ms])).rowCount).toBe(1);
          await work();
        },
      );
    });
  }

  it('says what to do without its table', async () => {
    const pool = new pg.Pool({ connectionString: server.url });
    const store = pgStore(pool, { table: 'missing' });
    await expect(store.remove(newKey())).rejects.toThrow('There is no table missing: await createTable()');
    await pool.end();
  });

  it.each(['a"b', 'a; drop table x', 'A', 'a.b.c', '', 'x'.repeat(41), 7 as never])(
    'refuses the table %j',
    (table) => {
      expect(() => sessionTable(table)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
      expect(sessionTable('own.a_1')).toContain('"own"."a_1"');
    },
  );

  it('keeps up with more expired rows than one batch a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const pool = new pg.Pool({ connectionString: server.url });
    const store = pgStore(pool, { table: 'flooded' });
    await store.createTable();
    await pool.query(`insert into flooded (key, data, created_at, seen_at, expires_at)
      select lpad(n::text, 43, 'k'), '{}', now(), now(), now() - interval '1 second' from generate_series(1, 2500) as n`);
    const visitor = { user: undefined, data: {}, userAgent: undefined, address: undefined };
    const long = { idleMs: 60_000, absoluteMs: 600_000, touchMs: 1 };
    const expired = async (): Promise<number> =>
      Number((await pool.query('select count(*) from flooded where expires_at <= now()')).rows[0].count);
    for (const [later, left] of [
      [59_000, 2500],
      [1_000, 1500],
      [1_000, 500],
      [1_000, 0],
    ] as const) {
      vi.setSystemTime(Date.now() + later);
      await vi.waitFor(async () => {
        await store.create(newKey(), visitor, long, 10);
        expect(await expired()).toBe(left);
      });
    }
    await pool.end();
  });

  it('knows a record as replaced that got its new key while it was read', async () => {
    const pool = new pg.Pool({ connectionString: server.url });
    const long = { idleMs: 60_000, absoluteMs: 600_000, touchMs: 0 };
    const visitor = { user: undefined, data: {}, userAgent: undefined, address: undefined };
    const key = newKey();
    let between: (() => Promise<unknown>) | undefined;
    const store = pgStore({
      async query(text: string, values?: unknown[]) {
        if (text.startsWith('update') && text.includes('set seen_at')) await between?.();
        return await pool.query(text, values);
      },
    });
    await store.createTable();
    await store.create(key, visitor, long, 10);
    expect(await store.read(key, long)).toMatchObject({ version: 0 });
    const rotation = { begin: false, maxBytes: 1_000, maxPerUser: 10 };
    between = () => pgStore(pool).replace(key, newKey(), visitor, rotation, long);
    expect(await store.read(key, long)).toBe('replaced');
    const gone = newKey();
    await store.create(gone, visitor, long, 10);
    between = () => pgStore(pool).remove(gone);
    expect(await store.read(gone, long)).toBeUndefined();
    await pool.end();
  });

  it('removes expired rows in bounded batches', async () => {
    const pool = new pg.Pool({ connectionString: server.url });
    await pool.query('create schema own');
    const store = pgStore(pool, { table: 'own.session' });
    await store.createTable();
    const visitor = { user: undefined, data: {}, userAgent: undefined, address: undefined };
    const long = { idleMs: 60_000, absoluteMs: 600_000, touchMs: 1 };
    for (let at = 0; at < 5; at++) await store.create(newKey(), visitor, { ...long, idleMs: 1 }, 10);
    const key = newKey();
    await store.create(key, visitor, long, 10);
    await pool.query('select pg_sleep(0.01)');
    expect(await store.removeExpired(3)).toBe(3);
    expect(await store.removeExpired(3)).toBe(2);
    expect(await store.removeExpired(3)).toBe(0);
    expect(await store.read(key, long)).toBeDefined();
    await pool.end();
  });
});
