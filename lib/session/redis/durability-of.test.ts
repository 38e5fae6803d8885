import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterEach, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { type RedisSettings, startRedis } from '../../../checks/machine/redis.ts';
import { browser } from '../../../checks/session/browser.ts';
import { sessions } from '../index.ts';
import { redisStore } from './index.ts';

const reason = missing('redis');

describe.skipIf(reason)(`what a Redis can lose${reason ? `: ${reason}` : ''}`, () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open(settings: RedisSettings) {
    const server = await startRedis(settings);
    closing.push(() => server.stop());
    const client = new Redis(server.url);
    closing.push(() => client.disconnect());
    return { server, client, store: redisStore(client) };
  }

  async function findings(settings: RedisSettings): Promise<string[]> {
    const { store } = await open(settings);
    return ((await store.inspect?.()) ?? []).map(({ finding }) => finding);
  }

  it.each<[RedisSettings, string[]]>([
    [{ appendonly: 'yes' }, []],
    [{ appendonly: 'yes', appendfsync: 'always', maxmemory: '50mb', 'maxmemory-policy': 'noeviction' }, []],
    [{ appendonly: 'yes', 'maxmemory-policy': 'allkeys-lru' }, []],
    [{ appendonly: 'no' }, ['appendonly is no']],
    [{ appendonly: 'no', save: '3600 1' }, ['appendonly is no']],
    [{ appendonly: 'yes', appendfsync: 'no' }, ['appendfsync is no']],
    [
      { appendonly: 'yes', maxmemory: '50mb', 'maxmemory-policy': 'volatile-ttl' },
      ['maxmemory-policy is volatile-ttl'],
    ],
    [
      { appendonly: 'no', maxmemory: '50mb', 'maxmemory-policy': 'allkeys-lru' },
      ['appendonly is no', 'maxmemory-policy is allkeys-lru'],
    ],
  ])('is said of %j', async (settings, expected) => {
    expect(await findings(settings)).toEqual(expected);
  });

  it('is said where CONFIG is forbidden, by both clients', async () => {
    const { server } = await open({ appendonly: 'no', 'rename-command': 'CONFIG ""' });
    const client = createClient({ url: server.url });
    closing.push(() => client.destroy());
    const store = redisStore(client);
    await client.connect();
    expect((await store.inspect?.())?.map(({ finding }) => finding)).toEqual(['appendonly is no']);
  });

  it('is no session that was revoked after the last snapshot', async () => {
    const { server, client, store } = await open({ appendonly: 'no', save: '""' });
    const own = sessions({ store });
    const [revoked, visitor, kept] = [browser(), browser(), browser()];
    for (const each of [revoked, kept]) await (await each.visit(own)).logIn('ann');
    await (await visitor.visit(own)).set({ n: 1 } as never);
    await client.save();
    const [first] = (await own.list('ann')).slice(-1);
    expect(await own.revoke(first?.id ?? '')).toBe(true);
    expect((await kept.visit(own)).user).toBe('ann');
    await server.restart();
    await expect.poll(() => client.dbsize().catch(() => 0), { timeout: 10_000 }).toBeGreaterThan(2);
    for (const each of [revoked, kept, visitor]) expect((await each.visit(own)).isNew).toBe(true);
    expect(await own.list('ann')).toEqual([]);
    await (await kept.visit(own)).logIn('ann');
    expect((await kept.visit(own)).user).toBe('ann');
    expect((await own.list('ann')).length).toBe(1);
  });

  it('never includes a session that revokeAll could not find, because its user is no longer listed', async () => {
    const { client, store } = await open({ appendonly: 'yes' });
    const own = sessions({ store });
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    expect(await client.del('{bulwark:session}:u:ann')).toBe(1);
    const session = await user.visit(own);
    expect(session.isNew).toBe(true);
    expect(await client.dbsize()).toBe(0);
  });
});
