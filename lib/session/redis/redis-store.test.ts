import { Cluster, Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startRedis } from '../../../checks/machine/redis.ts';
import { storeTests } from '../../../checks/session/store-tests.ts';
import type { SessionStore } from '../index.ts';
import { redisStore } from './index.ts';

const reason = missing('redis');

/** @param expire sets when Redis forgets that a key was replaced: 5 minutes after that */
function laterOf(
  expire: (key: string, ms: number) => Promise<unknown>,
): (key: string, ms: number, work: () => Promise<void>) => Promise<void> {
  return async (key, ms, work) => {
    expect(await expire(key, 300_000 - ms)).toBe(1);
    await work();
  };
}

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
    storeTests(
      () => store,
      laterOf((key, ms) => client.pexpire(`{bulwark:session}:r:${key}`, ms)),
    );
  });

  describe('with ioredis and a prefix of its own', () => {
    let client: Redis;
    let store: SessionStore;
    beforeAll(() => {
      client = new Redis(server.url, { keyPrefix: 'app:' });
      store = redisStore(client, { prefix: 's:' });
    });
    afterAll(() => client.disconnect());
    storeTests(
      () => store,
      laterOf((key, ms) => client.pexpire(`s:r:${key}`, ms)),
    );
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
    storeTests(
      () => store,
      laterOf((key, ms) => client.pExpire(`{bulwark:session}:r:${key}`, ms)),
    );
  });
});

describe.skipIf(reason)(`redisStore on a cluster${reason ? `: ${reason}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let client: Cluster;
  let store: SessionStore;
  beforeAll(async () => {
    server = await startRedis({
      'cluster-enabled': 'yes',
      'cluster-announce-ip': '127.0.0.1',
      // Otherwise it is the port and 10,000 more, and there may be no such port.
      'cluster-port': String(10_000 + Math.floor(Math.random() * 20_000)),
    });
    const { hostname: host, port, password } = new URL(server.url);
    const node = new Redis(server.url);
    await node.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
    await vi.waitUntil(
      async () => String(await node.call('CLUSTER', 'INFO')).includes('cluster_state:ok'),
      20_000,
    );
    node.disconnect();
    client = new Cluster([{ host, port: Number(port) }], { redisOptions: { password } });
    store = redisStore(client);
  });
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });
  storeTests(
    () => store,
    laterOf((key, ms) => client.pexpire(`{bulwark:session}:r:${key}`, ms)),
  );
});
