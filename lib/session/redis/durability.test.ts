import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { browser } from '../../../checks/session/browser.ts';
import { durabilityTests } from '../../../checks/session/durability-tests.ts';
import { durableRedis } from '../../../checks/session/durable-stores.ts';
import { configureEvents } from '../../event/index.ts';
import { sessions } from '../index.ts';
import { redisStore } from './index.ts';

const small = { sessions: 200, changing: 20, kills: 2, changesBetween: 200 };

durabilityTests('ioredis', 'redis', small, () =>
  durableRedis(async (url) => {
    const client = new Redis(url);
    return { store: redisStore(client), close: () => client.disconnect() };
  }),
);

durabilityTests('node-redis', 'redis', small, () =>
  durableRedis(async (url) => {
    const client = createClient({ url });
    const store = redisStore(client);
    await client.connect();
    return { store, close: () => client.destroy() };
  }),
);

const reason = missing('redis');

describe.skipIf(reason)(`sessions over a Redis that writes nothing${reason ? `: ${reason}` : ''}`, () => {
  it('are gone after it was killed, and none comes back', async () => {
    configureEvents({ sinks: [] });
    const durable = await durableRedis(
      async (url) => {
        const client = new Redis(url);
        return { store: redisStore(client), close: () => client.disconnect() };
      },
      { appendonly: 'no', save: '""' },
    );
    const own = sessions({ store: durable.store });
    const users = ['ann', 'bob', 'eve'].map((name) => ({ name, browser: browser() }));
    for (const user of users) await (await user.browser.visit(own)).logIn(user.name);
    await own.revokeAll('ann');
    await durable.restart();
    await expect.poll(() => own.list('bob').catch(() => 'away'), { timeout: 10_000 }).toEqual([]);
    for (const user of users) expect((await user.browser.visit(own)).user).toBeUndefined();
    await durable.close();
  });
});
