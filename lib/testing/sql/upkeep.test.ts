import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import type { CounterStore } from '../../rate-limit/index.ts';
import { postgresStore } from '../../rate-limit/pg/index.ts';
import { pgEpochs } from '../../session/sealed/index.ts';
import { expectNoInjection } from './expect-no-injection.ts';

const reason = missing('postgres');
const counter = { key: 'test', limit: 1_000_000, windowSeconds: 3600 };

describe.skipIf(reason)(
  `statements of our own stores on the watched pool${reason ? `: ${reason}` : ''}`,
  () => {
    let server: Awaited<ReturnType<typeof startPostgres>>;
    let pool: pg.Pool;
    let store: CounterStore;
    beforeAll(async () => {
      server = await startPostgres();
      pool = new pg.Pool({ connectionString: server.url });
      await pool.query('create table person (name varchar(400))');
      store = postgresStore(pool);
      // So that the sweep comes in the middle of the payloads.
      for (let count = 0; count < 900; count++) await store.add(counter, 1);
    }, 60_000);
    afterAll(async () => {
      await pool.end();
      await server.stop();
    });

    it('are no injection where they remove what has expired', async () => {
      let swept = 0;
      const epochs = pgEpochs(pool);
      await epochs.createTable();
      await expectNoInjection(pool, async (value) => {
        await store.take(counter, 1);
        await epochs.begin('anna', 'epoch', 60);
        swept += 1;
        await pool.query('select * from person where name = $1', [value]);
      });
      expect(swept).toBeGreaterThan(100);
    }, 60_000);

    it('hide nothing that a request sends itself', async () => {
      const sweep = 'delete from bulwark_rate_limits where key in';
      for (const run of [
        (value: string) => pool.query(`select * from person where name = '${value}'`),
        (value: string) =>
          pool.query(`${sweep} (select key from bulwark_rate_limits where key = '${value}')`),
      ]) {
        await expect(expectNoInjection(pool, run)).rejects.toThrow(/^SQL injection/);
      }
    });
  },
);
