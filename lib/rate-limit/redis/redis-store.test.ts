import { once } from 'node:events';
import { Cluster, Redis } from 'ioredis';
import { createClient, createCluster } from 'redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startRedis } from '../../../checks/machine/redis.ts';
import type { Counter, CounterStore } from '../counter-store.ts';
import { type RedisClient, redisStore } from './index.ts';

let keys = 0;
const fresh = (limit = 5): Counter => ({ key: `test:${keys++}`, limit, windowSeconds: 60 });
const reason = missing('redis');
const onServer = describe.skipIf(reason);
const because = reason ? `: ${reason}` : '';

onServer(`redisStore on a cluster${because}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  const clients: Record<string, RedisClient> = {};
  const closing: (() => void)[] = [];

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
    const ioredis = new Cluster([{ host, port: Number(port) }], { redisOptions: { password } });
    const nodeRedis = createCluster({ rootNodes: [{ url: server.url }], defaults: { password } });
    ioredis.on('error', () => undefined);
    nodeRedis.on('error', () => undefined);
    await nodeRedis.connect();
    closing.push(
      () => ioredis.disconnect(),
      () => nodeRedis.destroy(),
    );
    Object.assign(clients, { ioredis, 'node-redis': nodeRedis });
  }, 60_000);
  afterAll(async () => {
    for (const close of closing) close();
    await server?.stop();
  });

  it.each(['ioredis', 'node-redis'])('counts keys of all slots: %s', async (name) => {
    const store = redisStore(clients[name] as RedisClient);
    const counters = Array.from({ length: 50 }, () => fresh(3));
    const counts = await Promise.all(
      counters.flatMap((counter) => Array.from({ length: 6 }, () => store.take(counter, 1))),
    );
    expect(counts.filter(({ taken }) => taken)).toHaveLength(150);
    const [one] = counters as [Counter];
    await store.giveBack(one, 1, 60_000);
    expect(await store.take(one, 1)).toMatchObject({ taken: true, used: 3 });
    await store.clear(one.key);
    expect(await store.take(one, 1)).toMatchObject({ taken: true, used: 1 });
  });
});

onServer(`redisStore${because}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let client: Redis;
  let store: CounterStore;
  beforeAll(async () => {
    server = await startRedis();
    client = new Redis(server.url);
    client.on('error', () => undefined);
    store = redisStore(client);
  });
  afterAll(async () => {
    client?.disconnect();
    await server?.stop();
  });

  it('sends the text of a script only where the server lacks it, and loses no count then', async () => {
    const counter = fresh(50);
    await store.take(counter, 1);
    await client.script('FLUSH');
    await client.config('RESETSTAT');
    const counts = await Promise.all(Array.from({ length: 100 }, () => store.take(counter, 1)));
    expect(counts.filter(({ taken }) => taken)).toHaveLength(49);
    const sentAgain = await client.info('commandstats');
    await client.config('RESETSTAT');
    await Promise.all(Array.from({ length: 100 }, () => store.take(counter, 1)));
    const sent = await client.info('commandstats');
    expect(sentAgain).toMatch(/cmdstat_eval:/);
    expect(sent).toMatch(/cmdstat_evalsha:calls=100,/);
    expect(sent).not.toMatch(/cmdstat_eval:/);
  });

  it('reads numbers that the client returns as text, from both clients', async () => {
    const texts = createClient({ url: server.url }).withTypeMapping({ 58: String });
    texts.on('error', () => undefined);
    await texts.connect();
    const stringNumbers = new Redis(server.url, { stringNumbers: true });
    onTestFinished(() => {
      texts.destroy();
      stringNumbers.disconnect();
    });
    for (const given of [texts, stringNumbers]) {
      const counter = fresh(2);
      const own = redisStore(given as RedisClient);
      const taken = [];
      for (let tries = 0; tries < 4; tries++) taken.push((await own.take(counter, 1)).taken);
      expect(taken).toEqual([true, true, false, false]);
    }
  });

  it('counts no more than the limit while connections are killed, and gives back once', async () => {
    const other = createClient({ url: server.url });
    const killer = new Redis(server.url);
    const own = redisStore(other as RedisClient);
    await other.connect();
    onTestFinished(() => {
      other.destroy();
      killer.disconnect();
    });
    const kill = () => killer.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    const counter = fresh(100);
    const outcomes = Array.from({ length: 1_000 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index / 10));
      return (index % 2 === 0 ? store : own).take(counter, 1).then(
        ({ taken }) => taken,
        () => 'failed',
      );
    });
    for (let times = 0; times < 5; times++) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      await kill();
    }
    const all = await Promise.all(outcomes);
    expect(all.filter((one) => one === true).length).toBeLessThanOrEqual(100);
    // A client may not have noticed the last cut yet, and says that it is ready: an answer shows that it is.
    const isBack = (counts: CounterStore): Promise<boolean> =>
      counts.take(fresh(), 1).then(
        () => true,
        () => false,
      );
    await vi.waitUntil(async () => (await isBack(store)) && (await isBack(own)), 10_000);
    const given = fresh(100);
    await store.take(given, 100);
    const back = Array.from({ length: 50 }, () => store.giveBack(given, 1, 60_000));
    await kill();
    await Promise.allSettled(back);
    await vi.waitUntil(() => client.status === 'ready', 10_000);
    const { used } = await store.add(given, 1);
    expect(used).toBeGreaterThanOrEqual(51);
  });

  it('gives back once where the client sends a command again, and again for another call', async () => {
    type Send = (...args: unknown[]) => Promise<unknown>;
    const sent = (send: Send): Send => {
      return async (...args) => {
        await send(...args);
        return send(...args);
      };
    };
    const twice = redisStore({
      status: 'ready',
      eval: sent(client.eval.bind(client) as Send),
      evalsha: sent(client.evalsha.bind(client) as Send),
    } as RedisClient);
    const counter = fresh(100);
    await store.take(counter, 100);
    const counts = [];
    for (let calls = 0; calls < 70; calls++) {
      await twice.giveBack(counter, 1, 60_000);
      counts.push((await store.add(counter, 0)).used);
    }
    expect(counts).toEqual(Array.from({ length: 70 }, (_, index) => 99 - index));
    expect(await client.strlen(counter.key)).toBeLessThan(600);
    expect(await store.clear(counter.key)).toBe(30);
  });

  it('keeps the process alive when Redis goes, without a listener of the application, and adds one only', async () => {
    const second = await startRedis();
    const bare = createClient({ url: second.url });
    await bare.connect();
    const own = Array.from({ length: 20 }, () => redisStore(bare as RedisClient));
    expect(bare.listenerCount('error')).toBe(1);
    onTestFinished(() => bare.destroy());
    await second.stop();
    await vi.waitUntil(() => !bare.isReady, 10_000);
    await expect(own[0]?.take(fresh(), 1)).rejects.toThrow(/not connected/);
  });

  it('keeps the prefix of the client', async () => {
    const prefixed = new Redis(server.url, { keyPrefix: 'shop:' });
    onTestFinished(() => prefixed.disconnect());
    const counter = fresh(1);
    const own = redisStore(prefixed);
    await own.take(counter, 1);
    expect(await client.get(`shop:${counter.key}`)).toBe('1');
    await own.clear(counter.key);
    expect(await client.exists(`shop:${counter.key}`)).toBe(0);
  });

  it.each<[string, (key: string) => Promise<unknown>]>([
    ['no number', (key) => client.set(key, 'x', 'EX', 60)],
    ['a list', (key) => client.rpush(key, '1').then(() => client.expire(key, 60))],
  ])('fails where the key holds %s, and lets nothing pass', async (_, write) => {
    const counter = fresh();
    await write(counter.key);
    await expect(store.take(counter, 1)).rejects.toThrow();
  });

  it('begins a window anew where the key has lost its end', async () => {
    const counter = fresh(1);
    await store.take(counter, 1);
    await client.persist(counter.key);
    expect(await store.take(counter, 1)).toMatchObject({ taken: true, used: 1 });
    expect(await client.pttl(counter.key)).toBeGreaterThan(50_000);
  });

  it('fails for a user of Redis who may run no scripts', async () => {
    await client.call('ACL', 'SETUSER', 'reader', 'on', '>secret', '~*', '+@all', '-@scripting');
    const { host } = new URL(server.url);
    const reader = new Redis(`redis://reader:secret@${host}`);
    onTestFinished(() => reader.disconnect());
    await expect(redisStore(reader).take(fresh(), 1)).rejects.toThrow(/NOPERM/);
  });

  it('fails at once while the client is not connected, and leaves nothing in its queue', async () => {
    const closed = createClient({ url: server.url });
    await expect(redisStore(closed).take(fresh(), 1)).rejects.toThrow(/not connected/);
    const ended = new Redis(server.url);
    await ended.ping();
    ended.disconnect();
    await once(ended, 'end');
    await expect(redisStore(ended).clear('test:x')).rejects.toThrow(/not connected/);
  });

  it('waits for the first connection of a client that connects by itself', async () => {
    const starting = new Redis(server.url);
    const lazy = new Redis(server.url, { lazyConnect: true });
    onTestFinished(() => {
      starting.disconnect();
      lazy.disconnect();
    });
    expect(await redisStore(starting).take(fresh(), 1)).toMatchObject({ taken: true });
    expect(await redisStore(lazy).take(fresh(), 1)).toMatchObject({ taken: true });
  });
});

describe('an answer that no script gave', () => {
  it.each([[null], [[]], [['OK']], [[1, 1]], [[1, 'x', 60_000]], ['QUEUED']])(
    'is a failure: %j',
    async (answer) => {
      const evalSha = async (): Promise<unknown> => answer;
      const client = { isReady: true, evalSha, eval: evalSha, del: evalSha };
      await expect(redisStore(client).take(fresh(), 1)).rejects.toThrow('unexpected answer');
    },
  );
});
