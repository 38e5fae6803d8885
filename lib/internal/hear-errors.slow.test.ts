import { createRequire } from 'node:module';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { startRedis } from '../../checks/machine/redis.ts';
import { postgresStore } from '../rate-limit/pg/index.ts';
import { redisStore as redisLimits } from '../rate-limit/redis/index.ts';
import { pgSpentSeals } from '../session/legacy/index.ts';
import { pgStore } from '../session/pg/index.ts';
import { redisStore } from '../session/redis/index.ts';
import { pgEpochs, redisEpochs } from '../session/sealed/index.ts';
import { hearErrors } from './hear-errors.ts';

const ofLibrary = createRequire(new URL('../package.json', import.meta.url));
const { createClient } = ofLibrary('redis') as {
  createClient(options: { url: string }): Parameters<typeof redisStore>[0] &
    Parameters<typeof redisLimits>[0] & {
      connect(): Promise<unknown>;
      destroy(): void;
      listenerCount(event: string): number;
    };
};
const postgres = missing('postgres');
const redis = missing('redis');

describe.skipIf(postgres)(
  `a pool of pg, and a restart of PostgreSQL${postgres ? `: ${postgres}` : ''}`,
  () => {
    it.each<[string, (pool: pg.Pool) => unknown]>([
      ['postgresStore', postgresStore],
      ['pgStore', pgStore],
      ['pgEpochs', pgEpochs],
      ['pgSpentSeals', pgSpentSeals],
    ])(
      'do not end the process: %s',
      async (_, open) => {
        const server = await startPostgres();
        const pool = new pg.Pool({ connectionString: server.url, max: 2 });
        // An error of the pool that nobody hears fails this test, as vitest counts uncaught ones.
        for (let store = 0; store < 20; store++) open(pool);
        expect(pool.listenerCount('error')).toBe(1);
        await Promise.all([pool.query('select pg_sleep(0.05)'), pool.query('select pg_sleep(0.05)')]);
        const broken = new Promise((resolve) => pool.once('remove', resolve));
        await server.restart();
        await broken;
        expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
        await pool.end();
        await server.stop();
      },
      60_000,
    );
  },
);

describe.skipIf(redis)(`a client of Redis, and a restart of Redis${redis ? `: ${redis}` : ''}`, () => {
  it('do not end the process, and have one listener for all stores', async () => {
    const server = await startRedis();
    const client = createClient({ url: server.url });
    for (let store = 0; store < 20; store++) {
      redisLimits(client);
      redisStore(client);
      redisEpochs(client);
    }
    expect(client.listenerCount('error')).toBe(1);
    await client.connect();
    await server.restart();
    client.destroy();
    await server.stop();
  }, 60_000);
});

it('takes a client that has no events', () => {
  expect(hearErrors({})).toBeUndefined();
});
