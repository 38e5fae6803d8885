import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { startRedis } from '../../../checks/machine/redis.ts';
import { keyring } from '../../secrets/keyring.ts';
import type { Session } from '../session.ts';
import type { SessionLoader } from '../sessions.ts';
import type { EpochStore } from './epoch-store.ts';
import { memoryEpochs } from './memory-epochs.ts';
import { pgEpochs } from './pg-epochs.ts';
import { redisEpochs } from './redis-epochs.ts';
import { sealedSessions } from './sealed-sessions.ts';

interface Shop {
  theme: string;
}

const events = recordedEvents();
const keys = keyring(randomBytes(32));

async function visit<T>(
  of: SessionLoader<Shop>,
  jar: BrowserJar,
  work: (session: Session<Shop>) => Promise<T> | T,
): Promise<T> {
  return await work(await of.load(jar.request(), { appendCookie: (line) => jar.take(line) }));
}

async function loggedIn(of: SessionLoader<Shop>, user: string): Promise<BrowserJar> {
  const jar = new BrowserJar();
  await visit(of, jar, (session) => session.logIn(user));
  return jar;
}

const userOf = (of: SessionLoader<Shop>, jar: BrowserJar): Promise<string | undefined> =>
  visit(of, jar, ({ user }) => user);

/** What holds for every store. */
function holds(store: () => EpochStore): void {
  it('ends all sessions of one user only', async () => {
    const sessions = sealedSessions<Shop>({ keys, epochs: store() });
    const [desk, phone, other] = [
      await loggedIn(sessions, 'ann'),
      await loggedIn(sessions, 'ann'),
      await loggedIn(sessions, 'bob'),
    ];
    const stolen = new BrowserJar(desk);
    expect(await userOf(sessions, stolen)).toBe('ann');
    await sessions.revokeAll('ann');
    await events.since();
    for (const jar of [desk, phone, stolen]) expect(await userOf(sessions, jar)).toBeUndefined();
    const rejected = { code: 'session/seal-rejected', evidence: { reason: 'revoked' } };
    for (const event of await events.since()) expect(event).toMatchObject(rejected);
    expect(await userOf(sessions, other)).toBe('bob');
    const again = await loggedIn(sessions, 'ann');
    expect(await userOf(sessions, again)).toBe('ann');
    expect(await userOf(sessions, stolen)).toBeUndefined();
  });

  it('keeps a visitor without a user, whom no epoch concerns', async () => {
    const sessions = sealedSessions<Shop>({ keys, epochs: store() });
    const jar = new BrowserJar();
    await visit(sessions, jar, (session) => session.set({ theme: 'dark' }));
    expect(await visit(sessions, jar, ({ data }) => data.theme)).toBe('dark');
  });

  it('gives concurrent log-ins one epoch, and keeps it through changes', async () => {
    const sessions = sealedSessions<Shop>({ keys, epochs: store() });
    const jars = await Promise.all(Array.from({ length: 20 }, () => loggedIn(sessions, 'cleo')));
    for (const jar of jars) {
      await visit(sessions, jar, (session) => session.set({ theme: 'x' }));
      await visit(sessions, jar, (session) => session.rotate());
      expect(await userOf(sessions, jar)).toBe('cleo');
    }
  });

  it('treats a user name as data, whatever it contains', async () => {
    const sessions = sealedSessions<Shop>({ keys, epochs: store() });
    const names = ["' or 1=1 --", 'a:b', '*', '__proto__', '\u{1f600}', 'x'.repeat(256)];
    const jars = await Promise.all(names.map((name) => loggedIn(sessions, name)));
    await sessions.revokeAll('*');
    for (const [index, jar] of jars.entries()) {
      expect(await userOf(sessions, jar)).toBe(names[index] === '*' ? undefined : names[index]);
    }
  });

  it('lets an epoch go with the last session that could carry it, and no sooner', async () => {
    const epochs = store();
    expect(await epochs.begin('dora', 'first', 0.4)).toBe('first');
    expect(await epochs.begin('dora', 'second', 0.1)).toBe('first');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await epochs.read('dora')).toBe('first');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await epochs.read('dora')).toBeUndefined();
    expect(await epochs.begin('dora', 'third', 60)).toBe('third');
  });
}

describe('in memory', () => {
  const epochs = memoryEpochs();
  holds(() => epochs);

  it('is refused in production unless allowed', () => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(() => memoryEpochs()).toThrow(expect.objectContaining({ code: 'session/not-for-production' }));
    expect(memoryEpochs({ allowInProduction: true }).name).toBe('memory');
  });
  afterEach(() => vi.unstubAllEnvs());
});

const noRedis = missing('redis');
describe.skipIf(noRedis)(`in Redis${noRedis ? `: ${noRedis}` : ''}`, () => {
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
  // Made once: each adds listeners to its client.
  let byIo: EpochStore | undefined;
  let byNode: EpochStore | undefined;
  describe('by ioredis', () =>
    holds(() => {
      byIo ??= redisEpochs(io, { prefix: 'io:' });
      return byIo;
    }));
  describe('by node-redis', () =>
    holds(() => {
      byNode ??= redisEpochs(node, { prefix: 'node:' });
      return byNode;
    }));

  it('ends sessions when Redis has lost the epochs, and revives none', async () => {
    const sessions = sealedSessions<Shop>({ keys, epochs: redisEpochs(io) });
    const revoked = await loggedIn(sessions, 'ann');
    await sessions.revokeAll('ann');
    const valid = await loggedIn(sessions, 'ann');
    await io.call('FLUSHALL');
    expect(await userOf(sessions, valid)).toBeUndefined();
    await loggedIn(sessions, 'ann');
    expect(await userOf(sessions, revoked)).toBeUndefined();
    expect(await userOf(sessions, valid)).toBeUndefined();
  });
});

const noPostgres = missing('postgres');
describe.skipIf(noPostgres)(`in PostgreSQL${noPostgres ? `: ${noPostgres}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let pool: pg.Pool;
  beforeAll(async () => {
    server = await startPostgres();
    pool = new pg.Pool({ connectionString: server.url });
    await pgEpochs(pool).createTable();
    await pgEpochs(pool).createTable();
  });
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });
  holds(() => pgEpochs(pool));

  it('removes what has expired', async () => {
    const epochs = pgEpochs(pool);
    for (let index = 0; index < 100; index++) await epochs.begin(`gone-${index}`, 'x', 0.001);
    const { rows } = await pool.query(
      `select count(*)::int as count from bulwark_session_epochs where until < now()`,
    );
    expect(rows[0].count).toBeLessThan(100);
  });

  it('refuses SQL in the name of a table', () => {
    expect(() => pgEpochs(pool, { table: 'a"; drop table b; --' })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});

describe('a store that can not be reached', () => {
  const hanging: EpochStore = {
    name: 'hanging',
    read: () => new Promise(() => undefined),
    begin: () => new Promise(() => undefined),
    remove: () => new Promise(() => undefined),
  };
  const failing: EpochStore = {
    name: 'failing',
    read: () => Promise.reject(new Error('ECONNREFUSED')),
    begin: () => Promise.reject(new Error('ECONNREFUSED')),
    remove: () => Promise.reject(new Error('ECONNREFUSED')),
  };

  it.each([hanging, failing])('answers 503 by default: $name', async (epochs) => {
    const jar = await loggedIn(sealedSessions<Shop>({ keys, epochs: memoryEpochs() }), 'ann');
    await events.since();
    const sessions = sealedSessions<Shop>({ keys, epochs, timeoutMs: 50 });
    const unavailable = { code: 'session/store-unavailable', status: 503, detail: { retryAfterSeconds: 1 } };
    await expect(userOf(sessions, jar)).rejects.toMatchObject(unavailable);
    await expect(sessions.revokeAll('ann')).rejects.toMatchObject(unavailable);
    await expect(loggedIn(sessions, 'bob')).rejects.toMatchObject(unavailable);
    expect(await userOf(sessions, new BrowserJar())).toBeUndefined();
    expect(new Set(await events.codes())).toEqual(new Set(['session/store-unavailable']));
  });

  it.each([hanging, failing])('continues without a session with fail: anonymous: $name', async (epochs) => {
    const jar = await loggedIn(sealedSessions<Shop>({ keys, epochs: memoryEpochs() }), 'ann');
    await events.since();
    const sessions = sealedSessions<Shop>({ keys, epochs, timeoutMs: 50, fail: 'anonymous' });
    expect(await userOf(sessions, jar)).toBeUndefined();
    expect(await events.since()).toMatchObject([{ code: 'session/store-unavailable', action: 'reported' }]);
    // A change would replace the cookie of the user, who is logged in again once the store answers.
    for (const change of [
      (session: Session<Shop>) => session.set({ theme: 'light' }),
      (session: Session<Shop>) => session.update(() => ({ theme: 'light' })),
      (session: Session<Shop>) => session.logIn('bob'),
    ]) {
      await expect(visit(sessions, jar, change)).rejects.toMatchObject({ code: 'session/store-unavailable' });
    }
    expect(await userOf(sealedSessions<Shop>({ keys }), jar)).toBe('ann');
    await visit(sessions, jar, (session) => session.logOut());
    expect(jar.entries()).toEqual([]);
    // A log-in that nothing can end later is refused all the same.
    await expect(loggedIn(sessions, 'bob')).rejects.toMatchObject({ code: 'session/store-unavailable' });
  });

  it('is a Redis that accepts connections and never answers', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const client = new Redis(port, '127.0.0.1', { retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      const jar = await loggedIn(sealedSessions<Shop>({ keys, epochs: memoryEpochs() }), 'ann');
      const sessions = sealedSessions<Shop>({ keys, epochs: redisEpochs(client), timeoutMs: 100 });
      await expect(userOf(sessions, jar)).rejects.toMatchObject({ code: 'session/store-unavailable' });
    } finally {
      client.disconnect();
      silent.close();
    }
  });
});

it('requires an epoch of sessions that began before there were epochs', async () => {
  const jar = await loggedIn(sealedSessions<Shop>({ keys }), 'ann');
  expect(await userOf(sealedSessions<Shop>({ keys, epochs: memoryEpochs() }), jar)).toBeUndefined();
});
