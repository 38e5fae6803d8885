import { describe, expect, it } from 'vitest';
import { keyring } from '../secrets/keyring.ts';
import { loginLimit, memoryStore, type RateLimitRule, rateLimit } from './index.ts';

const invalid = expect.objectContaining({ code: 'bulwark/invalid-option' });
const keys = keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
const minute: RateLimitRule = { limit: 3, windowSeconds: 60, key: 'address' };
const address = '203.0.113.9';

describe('two limiters of one store', () => {
  it.each<[string, object, object]>([
    ['the same rule', minute, minute],
    ['another limit', minute, { ...minute, limit: 300 }],
    ['a name that only one has chosen', minute, { ...minute, name: 'address' }],
    ['one rule of several', minute, { rules: [{ ...minute, key: 'everyone' }, minute] }],
  ])('do not share counters unless both say so: %s', (_, one, other) => {
    const store = memoryStore();
    rateLimit({ store, ...(one as RateLimitRule) });
    expect(() => rateLimit({ store, ...(other as RateLimitRule) })).toThrow(invalid);
  });

  it.each<[string, object, object]>([
    ['another key', minute, { ...minute, key: 'route' }],
    ['another window', minute, { ...minute, windowSeconds: 61 }],
    ['a name of its own', minute, { ...minute, name: 'export' }],
    ['another prefix', minute, { ...minute, prefix: 'other' }],
  ])('are no mistake with %s, and count apart', async (_, one, other) => {
    const store = memoryStore();
    const first = rateLimit({ store, ...(one as RateLimitRule) });
    const second = rateLimit({ store, ...(other as RateLimitRule) });
    for (let request = 0; request < 3; request++) await first.enforce({ address });
    await second.enforce({ address });
  });

  it('share a budget where both have its name', async () => {
    const store = memoryStore();
    const limiters = [1, 2].map(() => rateLimit({ store, name: 'mail', ...minute }));
    const decisions = [];
    for (let request = 0; request < 6; request++)
      decisions.push((await limiters[request % 2]?.check({ address }))?.decision.allow);
    expect(decisions).toEqual([true, true, true, false, false, false]);
  });

  it('may have the same rule on two stores', () => {
    for (const store of [memoryStore(), memoryStore()]) rateLimit({ store, ...minute });
  });
});

describe('two limits on log-ins', () => {
  it('of one store are a mistake with one prefix: account 1 of each would be the same', () => {
    const store = memoryStore();
    loginLimit({ store, keys });
    expect(() => loginLimit({ store, keys })).toThrow(invalid);
    expect(() => loginLimit({ store, keys, prefix: 'staff' })).not.toThrow();
    expect(() => loginLimit({ store: memoryStore(), keys })).not.toThrow();
  });
});
