import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startRedis } from '../../../checks/machine/redis.ts';
import { browser } from '../../../checks/session/browser.ts';
import { configureEvents } from '../../event/index.ts';
import { type SessionStore, sessions } from '../index.ts';
import { redisStore } from './index.ts';

const reason = missing('redis');

describe.skipIf(reason)(`sessions in a Redis without memory left${reason ? `: ${reason}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let client: Redis;
  let store: SessionStore;
  beforeAll(async () => {
    configureEvents({ sinks: [] });
    server = await startRedis({ appendonly: 'yes', maxmemory: '50mb', 'maxmemory-policy': 'noeviction' });
    client = new Redis(server.url);
    store = redisStore(client);
  });
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  it('can still be read and ended, and changes are refused as a whole', async () => {
    const own = sessions<{ n: string }>({ store });
    const [user, leaving] = [browser(), browser()];
    for (const each of [user, leaving]) await (await each.visit(own)).logIn('ann', { n: 'a' });
    const [device] = await own.list('ann');
    await client.config('SET', 'maxmemory', '1');
    const key = device?.id ?? '';
    // This one moves the idle expiry.
    const found = await store.read(key, { idleMs: 1_000_000, absoluteMs: 10_000_000, touchMs: 0 });
    expect(found).toMatchObject({ user: 'ann' });
    const session = await user.visit(own);
    expect(session).toMatchObject({ user: 'ann', data: { n: 'a' } });
    const unavailable = { code: 'session/store-unavailable' };
    await expect(session.set({ n: 'b' })).rejects.toMatchObject(unavailable);
    await expect(session.rotate()).rejects.toMatchObject(unavailable);
    await expect(session.logIn('ann')).rejects.toMatchObject(unavailable);
    await expect((await browser().visit(own)).set({ n: 'b' })).rejects.toMatchObject(unavailable);
    expect(await user.visit(own)).toMatchObject({ user: 'ann', data: { n: 'a' } });
    await (await leaving.visit(own)).logOut();
    expect((await own.list('ann')).length).toBe(1);
    await client.config('SET', 'maxmemory', '50mb');
    await session.set({ n: 'c' });
    expect((await user.visit(own)).data.n).toBe('c');
    expect(await own.revokeAll('ann')).toBe(1);
  });
});
