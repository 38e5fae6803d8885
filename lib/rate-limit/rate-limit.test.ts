import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../event/record.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { memoryStore, type RateLimitFacts, type RateLimitOptions, rateLimit } from './index.ts';

let events: SecurityEvent[] = [];
beforeEach(() => {
  const own: SecurityEvent[] = [];
  events = own;
  configureEvents({ sinks: [{ name: 'test', write: async (batch) => void own.push(...batch) }] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const store = memoryStore;
const told = async (): Promise<readonly (readonly string[])[]> => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return events.map(({ code, action }) => [code, action]);
};

/** How many of these requests pass a limit of 2 a minute. */
async function passed(options: object, requests: readonly RateLimitFacts[]): Promise<number> {
  const limiter = rateLimit({ store: store(), limit: 2, windowSeconds: 60, ...options } as RateLimitOptions);
  let count = 0;
  for (const facts of requests) if ((await limiter.check(facts)).decision.allow) count += 1;
  return count;
}

const by = (address: string): RateLimitFacts => ({ address });

describe('several rules', () => {
  const options = {
    rules: [
      { limit: 10, windowSeconds: 60, key: 'address' },
      { limit: 2, windowSeconds: 3600, key: ['route', 'account'] },
    ],
  } as const;

  it('all must allow a request, and one that is refused is counted by none', async () => {
    const limiter = rateLimit({ store: store(), ...options });
    const facts = { address: '203.0.113.9', route: '/export', account: 'anna' };
    for (let request = 0; request < 30; request++) await limiter.check(facts);
    const { headers } = await limiter.check({ ...facts, account: 'bert' });
    expect(headers).toEqual([
      ['RateLimit-Policy', '"address";q=10;w=60, "route-account";q=2;w=3600'],
      ['RateLimit', '"address";r=7;t=60, "route-account";r=1;t=3600'],
    ]);
  });

  it('say which one refused, and when to retry', async () => {
    const limiter = rateLimit({ store: store(), ...options });
    const facts = { address: '203.0.113.9', route: '/export', account: 'anna' };
    await limiter.check({ ...facts, cost: 2 });
    expect(await limiter.check(facts)).toMatchObject({
      decision: { allow: false, detail: { rule: 'route-account', retryAfterSeconds: 3600 } },
      headers: [{}, ['RateLimit', expect.stringContaining('"route-account";r=0;t=3600')]],
    });
  });

  it('do not show the budget of everyone together', async () => {
    const limiter = rateLimit({
      store: store(),
      rules: [...options.rules, { limit: 9, windowSeconds: 1, key: 'everyone' }],
    });
    expect((await limiter.check(by('203.0.113.9'))).headers[0]).toEqual([
      'RateLimit-Policy',
      '"address";q=10;w=60',
    ]);
    const quiet = rateLimit({ store: store(), ...options, headers: false });
    expect((await quiet.check(by('203.0.113.9'))).headers).toEqual([]);
  });
});

describe('a request', () => {
  it('is given back once, where it should not count', async () => {
    const limiter = rateLimit({ store: store(), limit: 1, windowSeconds: 60, key: 'address' });
    const first = await limiter.check(by('203.0.113.9'));
    await first.giveBack();
    await first.giveBack();
    await limiter.enforce(by('203.0.113.9'));
    await first.giveBack();
    expect((await limiter.check(by('203.0.113.9'))).decision.allow).toBe(false);
  });

  it('costs more, is penalised, or is forgiven', async () => {
    const limiter = rateLimit({ store: store(), limit: 10, windowSeconds: 60, key: 'address' });
    await limiter.penalize(by('203.0.113.9'), 8);
    expect((await limiter.check({ ...by('203.0.113.9'), cost: 3 })).decision.allow).toBe(false);
    expect((await limiter.check({ ...by('203.0.113.9'), cost: 2 })).decision.allow).toBe(true);
    await limiter.clear(by('203.0.113.9'));
    expect((await limiter.check({ ...by('203.0.113.9'), cost: 10 })).decision.allow).toBe(true);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '2', 1e9])('costs no %s', async (cost) => {
    const limiter = rateLimit({ store: store(), limit: 10, windowSeconds: 60, key: 'address' });
    await expect(limiter.check({ ...by('203.0.113.9'), cost: cost as number })).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
  });

  it('with a misspelt fact is a mistake, and not a request without it', async () => {
    const limiter = rateLimit({ store: store(), limit: 10, windowSeconds: 60, key: 'account' });
    await expect(limiter.check({ acount: 'anna' } as RateLimitFacts)).rejects.toThrow(
      'Did you mean account?',
    );
  });

  it('reads nothing from a polluted prototype', async () => {
    const polluted = Object.prototype as { account?: string; fail?: string; allow?: unknown; mode?: string };
    polluted.account = 'anna';
    polluted.allow = [{ addresses: ['203.0.113.0/24'], because: 'polluted' }];
    polluted.mode = 'report';
    try {
      expect(
        await passed(
          { key: 'address' },
          [1, 2, 3, 4].map(() => by('203.0.113.9')),
        ),
      ).toBe(2);
      expect(
        await passed(
          { key: 'account' },
          [1, 2, 3, 4].map(() => by('203.0.113.9')),
        ),
      ).toBe(4);
    } finally {
      for (const name of ['account', 'allow', 'mode'] as const) delete polluted[name];
    }
  });
});

describe('who is exempt', () => {
  const allow = [
    { addresses: ['192.0.2.0/24', '2001:db8:5::/48'], because: 'the office' },
    { when: ({ route }: RateLimitFacts) => route === '/health', because: 'checks of the load balancer' },
  ];

  it('is never limited', async () => {
    const office = ['192.0.2.1', '192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1'].map(by);
    expect(await passed({ key: 'address', allow }, office)).toBe(4);
    expect(
      await passed(
        { key: 'address', allow },
        [1, 2, 3].map(() => by('2001:db8:5::7')),
      ),
    ).toBe(3);
    expect(
      await passed(
        { key: 'address', allow },
        [1, 2, 3].map(() => ({ route: '/health' })),
      ),
    ).toBe(3);
    expect(
      await passed(
        { key: 'address', allow },
        [1, 2, 3].map(() => by('192.0.3.1')),
      ),
    ).toBe(2);
    expect(
      await passed(
        { key: 'address', allow },
        [1, 2, 3].map(() => by('2001:db8:6::7')),
      ),
    ).toBe(2);
  });

  it.each([
    ['no reason', [{ addresses: ['192.0.2.0/24'] }]],
    ['an empty reason', [{ addresses: ['192.0.2.0/24'], because: ' ' }]],
    ['everyone', [{ addresses: ['0.0.0.0/0'], because: 'the office' }]],
    ['a mapped network', [{ addresses: ['::ffff:192.0.2.0/120'], because: 'the office' }]],
    ['no network', [{ addresses: ['192.0.2.0/33'], because: 'the office' }]],
    ['a name', [{ addresses: ['office.example.com'], because: 'the office' }]],
    ['both', [{ ...allow[0], ...allow[1] }]],
    ['neither', [{ because: 'the office' }]],
    ['no list', 'all'],
  ])('is named with addresses or a test, and a reason: %s', (_, wrong) => {
    expect(() =>
      rateLimit({ store: store(), limit: 1, windowSeconds: 1, key: 'address', allow: wrong as never }),
    ).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });
});

describe('a refusal', () => {
  it('is an event, once: rate-limit/exceeded', async () => {
    const limiter = rateLimit({ store: store(), limit: 1, windowSeconds: 60, key: 'address' });
    await limiter.enforce(by('203.0.113.9'));
    expect(await told()).toEqual([]);
    await expect(limiter.enforce(by('203.0.113.9'))).rejects.toMatchObject({ code: 'rate-limit/exceeded' });
    expect(await told()).toEqual([['rate-limit/exceeded', 'blocked']]);
  });
});

describe('report mode', () => {
  it('writes the event and lets the request pass, until its end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime('2026-12-01T12:00:00Z');
    const limiter = rateLimit({
      store: store(),
      limit: 1,
      windowSeconds: 60,
      key: 'address',
      mode: 'report',
      until: '2026-12-31',
    });
    for (let request = 0; request < 3; request++) await limiter.enforce(by('203.0.113.9'));
    expect(new Set((await told()).flat())).toEqual(new Set(['rate-limit/exceeded', 'reported']));
    vi.setSystemTime('2027-01-01T00:00:00Z');
    await expect(limiter.enforce(by('203.0.113.9'))).rejects.toMatchObject({ code: 'rate-limit/exceeded' });
  });
});

describe('notices', () => {
  it('report requests without an address: rate-limit/no-address', async () => {
    const limiter = rateLimit({ store: store(), limit: 5, windowSeconds: 60, key: 'address' });
    await limiter.enforce({});
    expect(await told()).toEqual([['rate-limit/no-address', 'reported']]);
    await limiter.enforce(by('203.0.113.9'));
    expect(await told()).toHaveLength(1);
  });

  it('report a memory store in production: rate-limit/memory-store', async () => {
    memoryStore();
    vi.stubEnv('NODE_ENV', 'production');
    memoryStore({ allowInProduction: true });
    expect(await told()).toEqual([]);
    memoryStore();
    expect(await told()).toEqual([['rate-limit/memory-store', 'reported']]);
  });

  it('report a full memory store that drops a live counter: rate-limit/memory-full', async () => {
    const limiter = rateLimit({
      store: memoryStore({ maxKeys: 1_000 }),
      limit: 5,
      windowSeconds: 60,
      key: 'session',
    });
    for (let session = 0; session < 1_000; session++) await limiter.enforce({ session: `${session}` });
    expect(await told()).toEqual([]);
    await limiter.enforce({ session: 'one more' });
    expect(await told()).toEqual([['rate-limit/memory-full', 'reported']]);
  });
});

describe('options', () => {
  const rule = { limit: 1, windowSeconds: 1, key: 'address' } as const;

  it.each<[string, object]>([
    ['a limit of 0', { ...rule, limit: 0 }],
    ['a broken limit', { ...rule, limit: 1.5 }],
    ['no limit', { windowSeconds: 1, key: 'address' }],
    ['a limit that is no number', { ...rule, limit: '10' }],
    ['a window of 0', { ...rule, windowSeconds: 0 }],
    ['a broken window', { ...rule, windowSeconds: 0.5 }],
    ['a window of years', { ...rule, windowSeconds: 1e9 }],
    ['an unknown key', { ...rule, key: 'ip' }],
    ['a key twice', { ...rule, key: ['address', 'address'] }],
    ['no key', { ...rule, key: [] }],
    ['a function without a name', { ...rule, key: () => 'a' }],
    ['a name that is no token', { ...rule, name: 'a"b\r\nSet-Cookie: c=d' }],
    ['a prefix with line breaks', { ...rule, prefix: 'a\r\nb' }],
    ['a prefix of /31', { ...rule, ipv6Prefix: 31 }],
    ['rules and a rule', { rules: [rule], limit: 1 }],
    ['no rules', { rules: [] }],
    ['two rules of one name', { rules: [rule, { ...rule, limit: 2 }] }],
    ['a misspelt option', { ...rule, windowMs: 1_000 }],
    ['an unknown fail', { ...rule, fail: 'ignore' }],
    ['no store', { ...rule, store: undefined }],
    ['a time-out of 0', { ...rule, timeoutMs: 0 }],
  ])('refuse %s', (_, options) => {
    expect(() => rateLimit({ store: store(), ...options } as RateLimitOptions)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('accept what is usual', () => {
    expect(() =>
      rateLimit({ store: store(), ...rule, prefix: '{shop}:limits', timeoutMs: 500, fail: 'closed' }),
    ).not.toThrow();
    expect(() =>
      rateLimit({ store: store(), rules: [rule, { ...rule, name: 'burst', limit: 2 }] }),
    ).not.toThrow();
  });
});
