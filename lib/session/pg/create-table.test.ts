import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { rateLimit } from '../../rate-limit/index.ts';
import { postgresStore } from '../../rate-limit/pg/index.ts';
import { pgSpentSeals } from '../legacy/index.ts';
import { pgEpochs } from '../sealed/index.ts';
import { pgStore } from './index.ts';

const reason = missing('postgres');

describe.skipIf(reason)(`tables that 8 processes create at once${reason ? `: ${reason}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let pools: pg.Pool[];
  beforeAll(async () => {
    server = await startPostgres();
    pools = Array.from({ length: 8 }, () => new pg.Pool({ connectionString: server.url, max: 1 }));
    await Promise.all(pools.map((pool) => pool.query('select 1')));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await server.stop();
  });

  it.each<[string, (pool: pg.Pool, round: number) => Promise<unknown>]>([
    ['pgStore', (pool, round) => pgStore(pool, { table: `session_${round}` }).createTable()],
    ['pgEpochs', (pool, round) => pgEpochs(pool, { table: `epochs_${round}` }).createTable()],
    ['pgSpentSeals', (pool, round) => pgSpentSeals(pool, { table: `spent_${round}` }).createTable()],
    [
      'postgresStore',
      (pool, round) =>
        rateLimit({
          store: postgresStore(pool, { table: `limits_${round}` }),
          fail: 'closed',
          limit: 8,
          windowSeconds: 60,
          key: 'everyone',
        }).enforce({}),
    ],
  ])('are there for all of them, and at the next start: %s', async (name, create) => {
    for (let round = 0; round < 10; round++) await Promise.all(pools.map((pool) => create(pool, round)));
    if (name !== 'postgresStore') await Promise.all(pools.map((pool) => create(pool, 0)));
  });

  it('but a role that may not create one gets a clear error', async () => {
    const [pool] = pools as [pg.Pool];
    await pool.query("create role guest login password 'guest'");
    const url = new URL(server.url);
    url.username = 'guest';
    url.password = 'guest';
    const guest = new pg.Pool({ connectionString: url.href });
    await expect(pgStore(guest, { table: 'denied' }).createTable()).rejects.toMatchObject({ code: '42501' });
    await guest.end();
  });
});
