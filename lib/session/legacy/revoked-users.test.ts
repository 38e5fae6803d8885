import { randomBytes } from 'node:crypto';
import { RedisStore } from 'connect-redis';
import expressSession from 'express-session';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { PgStore } from '../../../checks/cookies/pg-store.ts';
import {
  legacyOf,
  loggedIn,
  oldShop,
  type Stores,
  userOf,
  visit,
} from '../../../checks/cookies/revocation-shops.ts';
import { revocationTests } from '../../../checks/cookies/revocation-tests.ts';
import type { ShopData } from '../../../checks/cookies/shop-server.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { startRedis } from '../../../checks/machine/redis.ts';
import { keyring } from '../../secrets/keyring.ts';
import { memoryStore, sessions } from '../index.ts';
import { pgStore } from '../pg/index.ts';
import { redisStore } from '../redis/index.ts';
import { memoryEpochs, pgEpochs, redisEpochs, sealedSessions } from '../sealed/index.ts';
import {
  connectPgSimple,
  connectRedis,
  expressStore,
  legacySessions,
  memorySpentSeals,
  type OldStore,
  pgSpentSeals,
  redisSpentSeals,
  type SpentSeals,
} from './index.ts';

const keys = keyring(randomBytes(32));

describe('in memory', () => {
  const theirs = new expressSession.MemoryStore();
  const stores: Stores = {
    ...{ theirs, old: expressStore(theirs), spent: memorySpentSeals() },
    ...{ store: memoryStore(), epochs: memoryEpochs() },
  };
  revocationTests(() => stores);

  it('ends what it can if the note fails, and says that not all was done', async () => {
    const failing: SpentSeals = { ...stores.spent, claim: () => Promise.reject(new Error('down')) };
    const own = sessions<ShopData>({ store: stores.store, legacy: legacyOf({ ...stores, spent: failing }) });
    const jar = new BrowserJar();
    await (await visit(own, jar)).logIn('dan');
    await expect(own.revokeAll('dan')).rejects.toMatchObject({ code: 'session/store-unavailable' });
    expect(await userOf(own, jar)).toBeUndefined();
  });

  it('leaves an old session as it was if the notes can not be read', async () => {
    let down = true;
    const { has } = stores.spent;
    const spent: SpentSeals = {
      ...stores.spent,
      has: (hash) => (down ? Promise.reject(new Error('down')) : has(hash)),
    };
    const own = sessions<ShopData>({ store: stores.store, legacy: legacyOf({ ...stores, spent }) });
    const jar = await loggedIn(await oldShop(stores), 'fay');
    await expect(visit(own, jar)).rejects.toMatchObject({ code: 'session/store-unavailable' });
    down = false;
    expect(await userOf(own, jar)).toBe('fay');
  });

  it('concerns one application of two that share a store', async () => {
    const { spent } = stores;
    const admin = legacySessions<ShopData>({
      ...{ kind: 'cookie-session', secrets: 'Yk3wq8Zr1uVx5tBn', until: '2999-01-01', spent },
      map: () => undefined,
    });
    await sessions<ShopData>({ store: memoryStore(), legacy: admin }).revokeAll('gus');
    const own = sessions<ShopData>({ store: memoryStore(), legacy: legacyOf(stores) });
    expect(await userOf(own, await loggedIn(await oldShop(stores), 'gus'))).toBe('gus');
  });

  it('is noted once, however often a user is revoked', async () => {
    const claims: string[] = [];
    const spent: SpentSeals = {
      ...stores.spent,
      claim: (hash, until) => {
        claims.push(hash);
        return stores.spent.claim(hash, until);
      },
    };
    const own = sessions<ShopData>({ store: memoryStore(), legacy: legacyOf({ ...stores, spent }) });
    for (let times = 0; times < 5; times++) await own.revokeAll('hal');
    expect(claims).toHaveLength(5);
    expect(new Set(claims).size).toBe(1);
    // A hash: the store does not tell who it was.
    expect(claims[0]).toMatch(/^[\w-]{43}$/);
  });

  it('is asked for at start, where sessions can be revoked', () => {
    const map = (): undefined => undefined;
    const blind: OldStore = { ...stores.old, removesBlindly: false };
    const legacy = legacySessions<ShopData>({
      ...{ kind: 'express-session', secrets: 'any text', until: '2999-01-01', store: blind, map },
    });
    const refused = expect.objectContaining({
      code: 'bulwark/invalid-option',
      message: expect.stringContaining('`spent`'),
    });
    expect(() => sessions<ShopData>({ store: memoryStore(), legacy })).toThrow(refused);
    expect(() => sealedSessions<ShopData>({ keys, epochs: memoryEpochs(), legacy })).toThrow(refused);
    // Without epochs there is no revokeAll.
    expect(() => sealedSessions<ShopData>({ keys, legacy })).not.toThrow();
  });
});

const noRedis = missing('redis');
describe.skipIf(noRedis)(`in Redis${noRedis ? `: ${noRedis}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let io: Redis;
  let node: ReturnType<typeof createClient>;
  let stores: Stores;
  beforeAll(async () => {
    server = await startRedis();
    io = new Redis(server.url);
    node = createClient({ url: server.url });
    await node.connect();
    stores = {
      ...{ theirs: new RedisStore({ client: node }), old: connectRedis(io), spent: redisSpentSeals(io) },
      ...{ store: redisStore(io), epochs: redisEpochs(io) },
    };
  });
  afterAll(async () => {
    io?.disconnect();
    node?.destroy();
    await server?.stop();
  });
  revocationTests(() => stores);
});

const noPostgres = missing('postgres');
describe.skipIf(noPostgres)(`in PostgreSQL${noPostgres ? `: ${noPostgres}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let pool: pg.Pool;
  let stores: Stores;
  beforeAll(async () => {
    server = await startPostgres();
    pool = new pg.Pool({ connectionString: server.url });
    await pool.query(
      'create table session (sid varchar primary key not null, sess json not null, expire timestamp(6) not null)',
    );
    const [spent, store, epochs] = [pgSpentSeals(pool), pgStore(pool), pgEpochs(pool)];
    for (const each of [spent, store, epochs]) await each.createTable();
    stores = { theirs: new PgStore(pool), old: connectPgSimple(pool), spent, store, epochs };
  });
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });
  revocationTests(() => stores);
});
