import { randomBytes } from 'node:crypto';
import { RedisStore } from 'connect-redis';
import expressSession from 'express-session';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { expressSessionShop } from '../../../checks/cookies/old-shops.ts';
import { PgStore } from '../../../checks/cookies/pg-store.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { type RunningShop, type ShopData, startShop } from '../../../checks/cookies/shop-server.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { startRedis } from '../../../checks/machine/redis.ts';
import { keyring } from '../../secrets/keyring.ts';
import { memoryStore, type Session, type SessionLoader, type SessionStore, sessions } from '../index.ts';
import { pgStore } from '../pg/index.ts';
import { redisStore } from '../redis/index.ts';
import type { EpochStore } from '../sealed/epoch-store.ts';
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

const events = recordedEvents();
const secret = 'Yk3wq8Zr1uVx5tBn7mLp2sDf4gHj6aQe';
const keys = keyring(randomBytes(32));

/** All stores of one server. */
interface Stores {
  readonly theirs: expressSession.Store;
  readonly old: OldStore;
  readonly spent: SpentSeals;
  readonly store: SessionStore;
  readonly epochs: EpochStore;
}

type Revocable = SessionLoader<ShopData> & { revokeAll(user: string): Promise<unknown> };

function legacyOf({ old, spent }: Stores): ReturnType<typeof legacySessions<ShopData>> {
  return legacySessions<ShopData>({
    ...{ kind: 'express-session', secrets: secret, until: '2999-01-01', store: old, spent },
    map: ({ userId }) => (typeof userId === 'string' ? { user: userId } : { data: { cart: ['cup'] } }),
  });
}

const kinds: Record<string, (stores: Stores) => Revocable> = {
  'server-side': (stores) => sessions<ShopData>({ store: stores.store, legacy: legacyOf(stores) }),
  sealed: (stores) =>
    sealedSessions<ShopData>({ keys, epochs: stores.epochs, legacy: legacyOf(stores), fail: 'closed' }),
};

const running: RunningShop[] = [];
beforeEach(() => events.since());
afterEach(async () => {
  for (const shop of running.splice(0)) await shop.stop();
});

async function oldShop({ theirs }: Stores): Promise<RunningShop> {
  const shop = await startShop(expressSessionShop(secret, theirs));
  running.push(shop);
  return shop;
}

async function loggedIn(shop: RunningShop, user: string): Promise<BrowserJar> {
  const jar = new BrowserJar();
  await shop.get(`/log-in?${user}`, jar);
  return jar;
}

const visit = (own: SessionLoader<ShopData>, jar: BrowserJar): Promise<Session<ShopData>> =>
  own.load(jar.request(), { appendCookie: (line) => jar.take(line) });

const userOf = async (own: SessionLoader<ShopData>, jar: BrowserJar): Promise<string | undefined> =>
  (await visit(own, jar)).user;

/** The same object, but each call of a method waits for `before`. */
function pausing<T extends object>(object: T, before: () => Promise<void>): T {
  return new Proxy(object, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        await before();
        return await value.apply(target, given);
      };
    },
  });
}

/** A second process, which does `work` once, before its operation `at`. */
function interrupted(
  stores: Stores,
  at: number,
  work: () => Promise<unknown>,
): { stores: Stores; begin(): void } {
  let operation = Number.NEGATIVE_INFINITY;
  const before = async (): Promise<void> => {
    if (operation++ === at) await work();
  };
  const { old, spent, store, epochs } = stores;
  return {
    stores: {
      ...{ theirs: stores.theirs, old: pausing(old, before), spent: pausing(spent, before) },
      ...{ store: pausing(store, before), epochs: pausing(epochs, before) },
    },
    begin: () => {
      operation = 0;
    },
  };
}

function refusesRevoked(stores: () => Stores): void {
  describe.each(Object.entries(kinds))('%s sessions', (_, make) => {
    it('refuse a stolen connect.sid after revokeAll, and remove the cookie', async () => {
      const own = make(stores());
      const old = await oldShop(stores());
      const user = `ann${randomBytes(4).toString('hex')}`;
      const stolen = await loggedIn(old, user);
      const copy = new BrowserJar(stolen);
      await own.revokeAll(user);
      const session = await visit(own, stolen);
      expect(session.user).toBeUndefined();
      expect(stolen.entries()).toEqual([]);
      expect(await events.since()).toMatchObject([
        { code: 'session/old-cookie-rejected', evidence: { kind: 'express-session', reason: 'revoked' } },
      ]);
      // The visitor may log in, and an old version of the application has no such session either.
      await session.logIn(user);
      expect(await userOf(own, stolen)).toBe(user);
      expect(await userOf(own, copy)).toBeUndefined();
      expect(await old.get('/', copy)).toEqual({ user: null });
    });

    it('still migrate other users, and visitors without a user', async () => {
      const own = make(stores());
      const old = await oldShop(stores());
      await own.revokeAll(`eve${randomBytes(4).toString('hex')}`);
      const jar = await loggedIn(old, 'bob');
      expect(await userOf(own, jar)).toBe('bob');
      expect(await userOf(own, jar)).toBe('bob');
      const visitor = new BrowserJar();
      await old.get('/visit', visitor);
      expect((await visit(own, visitor)).data).toEqual({ cart: ['cup'] });
      expect(await events.codes()).toEqual([]);
    });

    it('leave the session of a visitor alone, and do not log them in', async () => {
      const own = make(stores());
      const old = await oldShop(stores());
      const user = `vic${randomBytes(4).toString('hex')}`;
      const jar = await loggedIn(old, user);
      const connect = jar.get('connect.sid') ?? '';
      jar.set('connect.sid', '');
      await (await visit(own, jar)).set({ cart: ['pot'] });
      jar.set('connect.sid', connect);
      await own.revokeAll(user);
      const { user: found, data } = await visit(own, jar);
      expect({ found, data }).toEqual({ found: undefined, data: { cart: ['pot'] } });
    });

    it.each([false, true])(
      'open nothing if revokeAll comes at any step of a migration (visitor: %s)',
      async (visitor) => {
        const bare = make(stores());
        const old = await oldShop(stores());
        let interruptions = 0;
        for (let at = 0; at === interruptions; at++) {
          const user = `race${randomBytes(4).toString('hex')}`;
          const jar = await loggedIn(old, user);
          if (visitor) await beginVisit(bare, jar);
          const second = interrupted(stores(), at, async () => {
            interruptions++;
            await bare.revokeAll(user);
          });
          const own = make(second.stores);
          second.begin();
          await visit(own, jar);
          // It migrates, where there was no such operation.
          expect(await userOf(bare, jar), `operation ${at}`).toBe(at === interruptions ? user : undefined);
        }
        expect(interruptions).toBeGreaterThan(3);
        expect(interruptions).toBeLessThan(20);
      },
    );

    it('open nothing if a migration comes at any step of revokeAll', async () => {
      const bare = make(stores());
      const old = await oldShop(stores());
      let interruptions = 0;
      for (let at = 0; at === interruptions; at++) {
        const user = `race${randomBytes(4).toString('hex')}`;
        const jar = await loggedIn(old, user);
        const second = interrupted(stores(), at, async () => {
          interruptions++;
          await visit(bare, jar);
        });
        const own = make(second.stores);
        second.begin();
        await own.revokeAll(user);
        expect(await userOf(bare, jar), `operation ${at}`).toBeUndefined();
      }
      expect(interruptions).toBeGreaterThan(1);
    });

    it('open nothing where both run at once', async () => {
      const own = make(stores());
      const old = await oldShop(stores());
      const users = Array.from({ length: 30 }, () => `many${randomBytes(4).toString('hex')}`);
      const jars = await Promise.all(users.map((user) => loggedIn(old, user)));
      await Promise.all(
        users.map(async (user, index) => {
          const jar = jars[index] as BrowserJar;
          await Promise.all([visit(own, jar), own.revokeAll(user)]);
          expect(await userOf(own, jar)).toBeUndefined();
        }),
      );
    });
  });

  it('refuses them after revokeOthers, which keeps the own session', async () => {
    const own = sessions<ShopData>({ store: stores().store, legacy: legacyOf(stores()) });
    const old = await oldShop(stores());
    const user = `kim${randomBytes(4).toString('hex')}`;
    const [here, stolen] = [await loggedIn(old, user), await loggedIn(old, user)];
    await own.revokeOthers(await visit(own, here));
    expect(await userOf(own, stolen)).toBeUndefined();
    expect(await userOf(own, here)).toBe(user);
  });
}

async function beginVisit(own: SessionLoader<ShopData>, jar: BrowserJar): Promise<void> {
  const connect = jar.get('connect.sid') ?? '';
  jar.set('connect.sid', '');
  await (await visit(own, jar)).set({ cart: ['pot'] });
  jar.set('connect.sid', connect);
}

describe('in memory', () => {
  const theirs = new expressSession.MemoryStore();
  const stores: Stores = {
    ...{ theirs, old: expressStore(theirs), spent: memorySpentSeals() },
    ...{ store: memoryStore(), epochs: memoryEpochs() },
  };
  refusesRevoked(() => stores);

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

  it('is asked for at start, where sessions can be revoked', () => {
    const map = (): undefined => undefined;
    const blind: OldStore = { ...stores.old, removesBlindly: false };
    const legacy = legacySessions<ShopData>({
      ...{ kind: 'express-session', secrets: secret, until: '2999-01-01', store: blind, map },
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
  refusesRevoked(() => stores);
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
  refusesRevoked(() => stores);
});
