import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startRedis } from '../../../checks/machine/redis.ts';
import { storeTests } from '../../../checks/session/store-tests.ts';
import type { SessionStore } from '../index.ts';
import { redisStore } from './index.ts';

const reason = missing('redis');

describe.skipIf(reason)(`redisStore${reason ? `: ${reason}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  describe('with ioredis', () => {
    let client: Redis;
    let store: SessionStore;
    beforeAll(() => {
      client = new Redis(server.url);
      store = redisStore(client);
    });
    afterAll(() => client.disconnect());
    storeTests(() => store);
  });

  describe('with ioredis and a prefix of its own', () => {
    let client: Redis;
    let store: SessionStore;
    beforeAll(() => {
      client = new Redis(server.url, { keyPrefix: 'app:' });
      store = redisStore(client, { prefix: 's:' });
    });
    afterAll(() => client.disconnect());
    storeTests(() => store);
  });

  describe('with node-redis', () => {
    let client: ReturnType<typeof createClient>;
    let store: SessionStore;
    beforeAll(async () => {
      client = createClient({ url: server.url });
      store = redisStore(client);
      await client.connect();
    });
    afterAll(() => client.destroy());
    storeTests(() => store);
  });
});
