import { createHmac, randomBytes } from 'node:crypto';
import { RedisStore } from 'connect-redis';
import type expressSession from 'express-session';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { expressSessionShop } from '../../../checks/cookies/old-shops.ts';
import { PgStore } from '../../../checks/cookies/pg-store.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { newShop, type RunningShop, type ShopData, startShop } from '../../../checks/cookies/shop-server.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { startRedis } from '../../../checks/machine/redis.ts';
import { keyring } from '../../secrets/keyring.ts';
import { memoryStore, sessions } from '../index.ts';
import { sealedSessions } from '../sealed/index.ts';
import {
  connectPgSimple,
  connectRedis,
  legacySessions,
  memorySpentSeals,
  type OldStore,
  pgSpentSeals,
  redisSpentSeals,
  type SpentSeals,
} from './index.ts';

const events = recordedEvents();
const keys = keyring(randomBytes(32));
const secret = 'Yk3wq8Zr1uVx5tBn7mLp2sDf4gHj6aQe';
const ann = { user: 'ann', data: { cart: ['tea'] } };
const nobody = { user: null, data: {} };

const running: RunningShop[] = [];
const start = async (listener: Parameters<typeof startShop>[0]): Promise<RunningShop> => {
  const shop = await startShop(listener);
  running.push(shop);
  return shop;
};
beforeEach(() => events.since());
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const shop of running.splice(0)) await shop.stop();
});

const legacyOf = (store: OldStore, spent?: SpentSeals): ReturnType<typeof legacySessions<ShopData>> =>
  legacySessions<ShopData>({
    ...{ kind: 'express-session', secrets: secret, until: '2999-01-01', store, ...(spent && { spent }) },
    map: ({ userId, cart }) => ({
      ...(typeof userId === 'string' && { user: userId }),
      data: { cart: Array.isArray(cart) ? cart.map(String) : [] },
    }),
  });

/** What holds for every store of express-session whose records can be claimed. */
function migrates(theirs: () => expressSession.Store, ours: () => OldStore): void {
  it('gives one of many parallel requests the session, whatever process serves it', async () => {
    const old = await start(expressSessionShop(secret, theirs()));
    const shops = await Promise.all([
      start(newShop(sealedSessions<ShopData>({ keys, legacy: legacyOf(ours()) }))),
      // A memory of its own: the record decides.
      start(
        newShop(sessions<ShopData>({ store: memoryStore(), legacy: legacyOf(ours(), memorySpentSeals()) })),
      ),
    ]);
    const jar = new BrowserJar();
    await old.get('/log-in?ann', jar);
    const copies = Array.from({ length: 20 }, () => new BrowserJar(jar));
    const bodies = await Promise.all(copies.map((copy, index) => shops[index % 2]?.get('/', copy)));
    expect(bodies.filter((body) => JSON.stringify(body) === JSON.stringify(ann))).toHaveLength(1);
    expect(copies.filter((copy) => copy.get('__Host-session') !== undefined)).toHaveLength(1);
    // The former application doesn't know it any more.
    expect(await old.get('/', jar)).toEqual({ user: null });
  });

  it('takes a visitor without a user', async () => {
    const old = await start(expressSessionShop(secret, theirs()));
    const shop = await start(newShop(sealedSessions<ShopData>({ keys, legacy: legacyOf(ours()) })));
    const jar = new BrowserJar();
    await old.get('/visit', jar);
    expect(await shop.get('/', jar)).toEqual({ user: null, data: { cart: ['cup'] } });
    expect(await shop.get('/', jar)).toEqual({ user: null, data: { cart: ['cup'] } });
  });

  it.each([undefined, memorySpentSeals()])(
    'takes no session that has expired, and begins a new one',
    async (spent) => {
      const old = await start(expressSessionShop(secret, theirs(), { cookie: { maxAge: 1_000 } }));
      const shop = await start(newShop(sealedSessions<ShopData>({ keys, legacy: legacyOf(ours(), spent) })));
      const jar = new BrowserJar();
      await old.get('/log-in?ann', jar);
      const late = new BrowserJar(jar);
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      expect(await shop.get('/add?cup', late)).toEqual({ user: null, data: { cart: ['cup'] } });
      expect(late.entries().map(([name]) => name)).toEqual(['__Host-session']);
      expect(await events.codes()).toEqual([]);
    },
  );

  it('refuses an id that comes back because the former application still runs, if it remembers ids', async () => {
    const store = theirs();
    const old = await start(expressSessionShop(secret, store));
    const jar = new BrowserJar();
    const { id } = (await old.get('/log-in?ann', jar)) as { id: string };
    const record = await new Promise<expressSession.SessionData>((resolve, reject) => {
      store.get(id, (error, found) => (error || !found ? reject(error) : resolve(found)));
    });
    const legacy = legacyOf(ours(), memorySpentSeals());
    const shop = await start(newShop(sealedSessions<ShopData>({ keys, legacy })));
    const copy = new BrowserJar(jar);
    expect(await shop.get('/', jar)).toEqual(ann);
    await new Promise<void>((resolve) => store.set(id, record, () => resolve()));
    expect(await shop.get('/', copy)).toEqual(nobody);
    expect(await events.since()).toMatchObject([{ code: 'session/old-cookie-replayed' }]);
  });
}

/** What holds for every memory of used cookies. */
function remembers(spent: () => SpentSeals): void {
  it('gives a cookie to one of many that ask at once, and to nobody later', async () => {
    const hash = randomBytes(32).toString('base64url');
    const until = Date.now() + 60_000;
    const answers = await Promise.all(Array.from({ length: 50 }, () => spent().claim(hash, until)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await spent().claim(hash, until)).toBe(false);
    expect(await spent().claim(`${hash}2`, until)).toBe(true);
  });
}

const noRedis = missing('redis');
describe.skipIf(noRedis)(`Redis${noRedis ? `: ${noRedis}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let io: Redis;
  let node: ReturnType<typeof createClient>;
  beforeAll(async () => {
    server = await startRedis();
    io = new Redis(server.url);
    node = createClient({ url: server.url });
    await node.connect();
  });
  afterAll(async () => {
    io?.disconnect();
    node?.destroy();
    await server?.stop();
  });
  /** Made once: each adds listeners to its client. */
  const once = <T>(make: () => T): (() => T) => {
    let made: T | undefined;
    return () => {
      made ??= make();
      return made;
    };
  };
  const theirs = (prefix?: string): expressSession.Store =>
    new RedisStore({ client: node, ...(prefix !== undefined && { prefix }) });
  describe('connect-redis, by ioredis', () => {
    migrates(
      () => theirs(),
      once(() => connectRedis(io)),
    );
  });
  describe('connect-redis with a prefix, by node-redis', () => {
    migrates(
      () => theirs('shop:'),
      once(() => connectRedis(node, { prefix: 'shop:' })),
    );
  });
  describe('memory, by ioredis', () => remembers(once(() => redisSpentSeals(io))));
  describe('memory, by node-redis', () => remembers(once(() => redisSpentSeals(node, { prefix: 'n:' }))));

  it('forgets a used cookie once it has expired', async () => {
    const spent = redisSpentSeals(io, { prefix: 'short:' });
    expect(await spent.claim('a', Date.now() + 300)).toBe(true);
    expect(await spent.claim('a', Date.now() + 300)).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await io.exists('short:a')).toBe(0);
  });

  it('takes no record whose own expiry has passed, also where Redis keeps it (disableTTL)', async () => {
    const request = new BrowserJar();
    const signature = createHmac('sha256', secret).update('kept').digest('base64').replace(/=+$/, '');
    request.set('connect.sid', encodeURIComponent(`s:kept.${signature}`));
    const readAt = async (expires: Date | null): Promise<string | undefined> => {
      await io.set('sess:kept', JSON.stringify({ cookie: { expires }, userId: 'ann' }));
      const read = await legacyOf(connectRedis(io)).read(request.request());
      return typeof read === 'object' ? read.user : read;
    };
    expect(await readAt(new Date(Date.now() - 1_000))).toBeUndefined();
    expect(await readAt(new Date(Date.now() + 60_000))).toBe('ann');
    expect(await readAt(null)).toBe('ann');
  });

  it('uses nothing up behind a request that was refused because Redis was down', async () => {
    const client = new Redis(io.options.port ?? 0, '127.0.0.1', {
      password: io.options.password ?? '',
      retryStrategy: () => 50,
    });
    await client.ping();
    const spent = redisSpentSeals(client, { prefix: 'later:' });
    const legacy = legacyOf(connectRedis(io), spent);
    const old = await start(expressSessionShop(secret, theirs()));
    const shop = await start(newShop(sealedSessions<ShopData>({ keys, legacy })));
    const jar = new BrowserJar();
    await old.get('/log-in?ann', jar);
    // As if Redis had gone: the client has no connection, and would queue commands until it has one again.
    client.disconnect(false);
    expect(await shop.fetch('/', jar)).toMatchObject({ status: 503, setCookies: [] });
    await client.connect();
    await client.ping();
    expect(await shop.get('/', jar)).toEqual(ann);
    client.disconnect();
  });

  it('passes over records that are no JSON', async () => {
    await io.set('sess:broken', '{"userId":');
    expect(await connectRedis(io).read('broken')).toBeUndefined();
  });
});

const noPostgres = missing('postgres');
describe.skipIf(noPostgres)(`PostgreSQL${noPostgres ? `: ${noPostgres}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let pool: pg.Pool;
  beforeAll(async () => {
    server = await startPostgres({ timezone: 'Asia/Kathmandu' });
    pool = new pg.Pool({ connectionString: server.url });
    await pool.query(
      'create table session (sid varchar primary key not null, sess json not null, expire timestamp(6) not null)',
    );
    await pgSpentSeals(pool).createTable();
    await pgSpentSeals(pool).createTable();
  });
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });
  describe('connect-pg-simple', () => {
    migrates(
      () => new PgStore(pool),
      () => connectPgSimple(pool),
    );
  });
  describe('memory', () => remembers(() => pgSpentSeals(pool)));

  it('removes what has expired', async () => {
    const spent = pgSpentSeals(pool);
    for (let index = 0; index < 100; index++) await spent.claim(`gone-${index}`, Date.now() - 1_000);
    const { rows } = await pool.query(
      'select count(*)::int as count from bulwark_spent_seals where until < now()',
    );
    expect(rows[0].count).toBeLessThan(100);
  });

  it('takes an id and a hash as data, and no SQL for the name of a table', async () => {
    const hostile = `'; drop table session; --`;
    expect(await connectPgSimple(pool).read(hostile)).toBeUndefined();
    expect(await connectPgSimple(pool, { schema: 'public', table: 'session' }).remove(hostile)).toBe(false);
    expect(await pgSpentSeals(pool).claim(hostile, Date.now() + 1_000)).toBe(true);
    for (const make of [connectPgSimple, pgSpentSeals]) {
      for (const options of [{ table: hostile }, { schema: 'a"."b' }, { table: '' }]) {
        expect(() => make(pool, options)).toThrow(
          expect.objectContaining({ code: 'bulwark/invalid-option' }),
        );
      }
    }
  });
});

describe('in memory', () => {
  const spent = memorySpentSeals();
  remembers(() => spent);

  it('is refused in production unless allowed', () => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(() => memorySpentSeals()).toThrow(expect.objectContaining({ code: 'session/not-for-production' }));
    expect(memorySpentSeals({ allowInProduction: true }).name).toBe('memory');
  });

  it('forgets what has expired, and fails before it forgets what has not', async () => {
    const full = memorySpentSeals();
    for (let index = 0; index < 100_000; index++) await full.claim(`${index}`, index < 10 ? 0 : 8e15);
    expect(await full.claim('one more', 8e15)).toBe(true);
    for (let index = 0; index < 9; index++) await full.claim(`more ${index}`, 8e15);
    await expect(full.claim('too many', 8e15)).rejects.toThrow('100000');
    expect(await full.claim('50', 8e15)).toBe(false);
  });
});
