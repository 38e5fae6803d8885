import { describe, expect, it } from 'vitest';
import { storeTests } from '../../checks/session/store-tests.ts';
import { newKey } from '../../checks/session/store-under-test.ts';
import { withLaterDate } from '../../checks/session/with-later-date.ts';
import { memoryStore } from './index.ts';

const lifetime = { idleMs: 60_000, absoluteMs: 600_000, touchMs: 30_000 };
const visitor = { user: undefined, data: {}, userAgent: undefined, address: undefined };

describe('memoryStore', () => {
  const store = memoryStore();
  storeTests(() => store, withLaterDate);

  it('keeps the last sessions when it is full', async () => {
    const small = memoryStore({ maxSessions: 2 });
    const keys = [newKey(), newKey(), newKey()];
    for (const key of keys) await small.create(key, visitor, lifetime, 10);
    const found = await Promise.all(keys.map((key) => small.read(key, lifetime)));
    expect(found.map((record) => record !== undefined)).toEqual([false, true, true]);
  });
});
