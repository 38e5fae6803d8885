import { Redis } from 'ioredis';
import pg from 'pg';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { startRedis } from '../../checks/machine/redis.ts';
import { browser } from '../../checks/session/browser.ts';
import { type SlowProxy, slowProxy } from '../../checks/session/slow-proxy.ts';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { type SessionStore, sessions } from './index.ts';
import { pgStore } from './pg/index.ts';
import { redisStore } from './redis/index.ts';

interface Data {
  n: number;
}

interface Opened {
  readonly store: SessionStore;
  close(): Promise<unknown> | undefined;
  /** How many commands the client keeps. */
  queued(): number;
}

const events: SecurityEvent[] = [];
let recorder = configureEvents({ sinks: [] });
beforeAll(() => {
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
});
afterAll(() => void configureEvents({ sinks: [] }));

const unavailable = { code: 'session/store-unavailable', status: 503, detail: { retryAfterSeconds: 1 } };

/** What ioredis keeps for later. */
function queuesOf(client: object): number {
  const { offlineQueue, commandQueue } = client as Record<string, { readonly length: number } | undefined>;
  return (offlineQueue?.length ?? 0) + (commandQueue?.length ?? 0);
}

/** Asks until the store answers again. Bounded: clients wait longer after each try. */
async function untilItAnswers<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function outageTests(open: (port: number) => Promise<Opened>, target: () => number): void {
  let proxy: SlowProxy;
  let opened: Opened;
  beforeEach(async () => {
    proxy = await slowProxy(target());
    opened = await open(proxy.port);
  });
  /** For what is no test of the time-out: a busy machine takes its time. */
  const patient = () => sessions<Data>({ store: opened.store, timeoutMs: 20_000 });
  afterEach(async () => {
    proxy.hang = false;
    await opened.close();
    await proxy.stop();
  });

  it('is answered with 503 while the store hangs, and then goes on', async () => {
    const own = sessions<Data>({ store: opened.store, timeoutMs: 200 });
    const user = browser();
    await (await user.visit(patient())).logIn('ann', { n: 1 });
    const session = await untilItAnswers(() => user.visit(own));
    proxy.hang = true;
    await expect(browser(user.cookie).visit(own)).rejects.toMatchObject(unavailable);
    await expect(session.set({ n: 2 })).rejects.toMatchObject(unavailable);
    await expect(session.update(({ n = 0 }) => ({ n: n + 1 }))).rejects.toMatchObject(unavailable);
    await expect(session.rotate()).rejects.toMatchObject(unavailable);
    await expect(session.logOut()).rejects.toMatchObject(unavailable);
    await expect(own.revokeAll('ann')).rejects.toMatchObject(unavailable);
    await expect(own.list('ann')).rejects.toMatchObject(unavailable);
    // Without a cookie, nobody needs the store.
    expect((await browser().visit(own)).isNew).toBe(true);
    proxy.hang = false;
    await untilItAnswers(() => patient().list('ann'));
  });

  it('goes on as a visitor with fail: anonymous, and changes nothing', async () => {
    const own = sessions<Data>({ store: opened.store, timeoutMs: 200, fail: 'anonymous' });
    const user = browser();
    await (await user.visit(patient())).logIn('ann');
    proxy.hang = true;
    await recorder.flush();
    events.length = 0;
    const session = await browser(user.cookie).visit(own);
    expect(session).toMatchObject({ user: undefined, isNew: true, binding: undefined });
    for (const change of [
      () => session.set({ n: 1 }),
      () => session.logIn('bob'),
      () => session.rotate(),
      () => session.logOut(),
      () => session.update(() => ({ n: 1 })),
      () => session.delete('n'),
    ]) {
      await expect(change()).rejects.toMatchObject(unavailable);
    }
    await recorder.flush();
    expect(events.map(({ code, action }) => `${code} ${action}`)).toContain(
      'session/store-unavailable reported',
    );
    proxy.hang = false;
    await untilItAnswers(() => patient().list('ann'));
    expect((await user.visit(patient())).user).toBe('ann');
  });

  it('revives no session by a change that was under way when it was revoked', async () => {
    const own = sessions<Data>({ store: opened.store, timeoutMs: 200 });
    const user = browser();
    await (await user.visit(patient())).logIn('late', { n: 1 });
    const slow = [await untilItAnswers(() => user.visit(own)), await untilItAnswers(() => user.visit(own))];
    const direct = await open(target());
    proxy.hang = true;
    const changes = [slow[0]?.set({ n: 2 }), slow[1]?.rotate()];
    const outcomes = await Promise.allSettled(changes);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await sessions<Data>({ store: direct.store }).revokeAll('late')).toBe(1);
    proxy.hang = false;
    await untilItAnswers(() => patient().list('late'));
    expect(await patient().list('late')).toEqual([]);
    expect((await user.visit(patient())).user).toBeUndefined();
    await direct.close();
  });

  it('fills no queue while the store hangs', async () => {
    const own = sessions<Data>({ store: opened.store, timeoutMs: 50, maxPending: 20 });
    const user = browser();
    await (await user.visit(patient())).logIn('ann');
    proxy.hang = true;
    for (let round = 0; round < 5; round++) {
      const visits = Array.from({ length: 200 }, () => browser(user.cookie).visit(own));
      const outcomes = await Promise.allSettled(visits);
      expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    }
    // 20 operations of some hundred bytes, of the thousand that were asked for.
    expect(proxy.held).toBeLessThan(40_000);
    proxy.hang = false;
    await untilItAnswers(() => user.visit(patient()));
    expect((await user.visit(patient())).user).toBe('ann');
  });

  it('is refused while the store is away, and goes on once it is back', async () => {
    const own = sessions<Data>({ store: opened.store, timeoutMs: 2000 });
    const user = browser();
    await (await user.visit(patient())).logIn('ann', { n: 1 });
    proxy.cut(true);
    await expect(user.visit(own)).rejects.toMatchObject({ code: 'session/store-unavailable' });
    const visits = Array.from({ length: 1200 }, () => browser(user.cookie).visit(own));
    const outcomes = await Promise.allSettled(visits);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    // None of these waits for the connection, to run when everybody has forgotten it.
    const reason = expect.not.stringContaining('wait for it already');
    await expect(user.visit(own)).rejects.toMatchObject({ detail: { reason } });
    // A pool drains its queue by one failed connection after the other.
    await expect.poll(() => opened.queued(), { timeout: 20_000 }).toBeLessThan(20);
    proxy.cut(false);
    const session = await untilItAnswers(() => user.visit(own));
    expect(session).toMatchObject({ user: 'ann', data: { n: 1 } });
    await session.set({ n: 2 });
    expect((await user.visit(own)).data.n).toBe(2);
  });
}

const noRedis = missing('redis');
describe.skipIf(noRedis)(`a request, over Redis${noRedis ? `: ${noRedis}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());
  const target = (): number => Number(new URL(server.url).port);
  const urlOf = (port: number): string => server.url.replace(/:\d+$/, `:${port}`);

  describe('with ioredis', () => {
    outageTests(async (port) => {
      const client = new Redis(urlOf(port));
      return {
        store: redisStore(client),
        close: async () => client.disconnect(),
        queued: () => queuesOf(client),
      };
    }, target);
  });

  describe('with node-redis', () => {
    outageTests(async (port) => {
      const client = createClient({ url: urlOf(port) });
      const store = redisStore(client);
      await client.connect();
      return { store, close: async () => client.destroy(), queued: () => 0 };
    }, target);
  });
});

const noPostgres = missing('postgres');
describe.skipIf(noPostgres)(`a request, over PostgreSQL${noPostgres ? `: ${noPostgres}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  const urlOf = (port: number): string => server.url.replace(/:\d+\//, `:${port}/`);

  outageTests(
    async (port) => {
      const pool = new pg.Pool({ connectionString: urlOf(port), max: 5 });
      const store = pgStore(pool);
      await store.createTable();
      return { store, close: () => pool.end(), queued: () => pool.waitingCount };
    },
    () => Number(new URL(server.url).port),
  );
});
