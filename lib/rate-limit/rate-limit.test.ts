import fc from 'fast-check';
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
const codes = async (): Promise<readonly string[]> => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return events.map(({ code, action }) => `${code} ${action}`);
};

/** How many of these requests pass a limit of 2 a minute. */
async function passed(options: object, requests: readonly RateLimitFacts[]): Promise<number> {
  const limiter = rateLimit({ store: store(), limit: 2, windowSeconds: 60, ...options } as RateLimitOptions);
  let count = 0;
  for (const facts of requests) if ((await limiter.check(facts)).decision.allow) count += 1;
  return count;
}

const by = (address: string): RateLimitFacts => ({ address });

describe('a rule', () => {
  it('refuses what exceeds it: rate-limit/exceeded', async () => {
    const limiter = rateLimit({ store: store(), limit: 2, windowSeconds: 60, key: 'address' });
    await limiter.enforce(by('203.0.113.9'));
    await limiter.enforce(by('203.0.113.9'));
    await expect(limiter.enforce(by('203.0.113.9'))).rejects.toMatchObject({
      code: 'rate-limit/exceeded',
      status: 429,
      detail: { rule: 'address', limit: 2, windowSeconds: 60, retryAfterSeconds: 60 },
    });
    await limiter.enforce(by('203.0.113.10'));
    expect(await codes()).toEqual(['rate-limit/exceeded blocked']);
  });

  it.each<[string, object, readonly RateLimitFacts[], number]>([
    ['an IPv4 address', {}, [by('203.0.113.9'), by('203.0.113.9'), by('203.0.113.9'), by('203.0.113.8')], 3],
    ['an IPv4-mapped address', {}, [by('::ffff:203.0.113.9'), by('203.0.113.9'), by('::FFFF:cb00:7109')], 2],
    ['a /64', {}, ['::1', '::2', '::ffff:0:3', ':1:2:3:4'].map((end) => by(`2001:db8:1:2${end}`)), 2],
    ['another /64', {}, [0, 1, 2, 3].map((net) => by(`2001:db8:1:${net}::1`)), 4],
    ['a /48', { ipv6Prefix: 48 }, [0, 1, 2, 3].map((net) => by(`2001:db8:1:${net}::1`)), 2],
    ['a /56', { ipv6Prefix: 56 }, ['100', '1ff', '1ab', '200'].map((net) => by(`2001:db8:1:${net}::1`)), 3],
    ['one IPv6 address', { ipv6Prefix: 128 }, [1, 2, 3, 1].map((end) => by(`2001:db8::${end}`)), 4],
    ['a zone', {}, [by('fe80::1%eth0'), by('fe80::1%eth1'), by('fe80::2')], 2],
    ['no address', {}, [{}, by('unknown'), by("' or 1=1"), by('')], 2],
    ['a port', {}, [by('203.0.113.9:1'), by('203.0.113.9:2'), by('203.0.113.9:3')], 2],
  ])('by address counts %s', async (_, options, requests, expected) => {
    expect(await passed({ key: 'address', ...options }, requests)).toBe(expected);
  });

  it.each([
    ['case', ['anna@example.com', 'Anna@Example.COM', 'ANNA@EXAMPLE.COM']],
    ['spaces around', ['anna', ' anna', 'anna\t\u00a0']],
    ['width', ['anna', '\uff41nna', 'ann\uff21']],
    ['ligatures', ['fi', '\ufb01', 'FI']],
    ['composition', ['\u00e9va', 'e\u0301va', 'E\u0301VA']],
    ['invisible characters', ['anna', 'an\u200bna', 'anna\u00ad', '\ufeffanna', 'anna\ufe0f']],
    ['control characters', ['anna', 'anna\0', 'an\u0007na']],
    ['a sharp s', ['stra\u00dfe', 'STRASSE', 'stra\u1e9ee']],
    ['a long s and the Kelvin sign', ['ask', 'a\u017fk', 'as\u212a']],
    ['accents', ['eva', '\u00c9va', 'ev\u00e5']],
    ['the final sigma', ['\u03bf\u03c3', '\u03bf\u03c2', '\u039f\u03a3']],
  ])('by account counts one account however its name is typed: %s', async (_, names) => {
    const requests = names.map((account) => ({ account }));
    expect(await passed({ key: 'account' }, requests)).toBe(2);
    expect(await passed({ key: 'account', accountName: (name: string) => name }, requests)).toBe(
      names.length,
    );
  });

  it('by account counts padded names as the account, or together', async () => {
    const padded = [600, 3_000, 10_000, 20_000, 30_000, 40_000].map((length) => ({
      account: `${' '.repeat(length)}anna`,
    }));
    expect(await passed({ key: 'account' }, padded)).toBe(4);
    const inside = [1, 100, 2_000, 4_000].map((length) => ({ account: `a${'\u200b'.repeat(length)}nna` }));
    expect(await passed({ key: 'account' }, inside)).toBe(2);
  });

  it('by account counts other accounts by themselves', async () => {
    const names = ['anna', 'annа', 'ann', 'anna.', 'a nna', '\u0915\u093f', '\u0915\u093e', 'anna+1', 'аnna'];
    expect(
      await passed(
        { key: 'account' },
        names.map((account) => ({ account })),
      ),
    ).toBe(names.length);
  });

  it('does not apply to a request without the account or session that it counts by', async () => {
    const anonymous = [1, 2, 3, 4].map(() => by('203.0.113.9'));
    expect(await passed({ key: 'account' }, anonymous)).toBe(4);
    expect(await passed({ key: ['address', 'session'] }, anonymous)).toBe(4);
    expect(await passed({ name: 'own', key: () => undefined }, anonymous)).toBe(4);
  });

  it.each<[string, object, readonly RateLimitFacts[], number]>([
    [
      'colons',
      { key: ['session', 'route'] },
      [
        { session: 'a:b', route: 'c' },
        { session: 'a', route: 'b:c' },
        { session: 'a:b:c', route: '' },
      ],
      3,
    ],
    [
      'quotes',
      { key: ['session', 'route'] },
      [{ session: 'a","b', route: 'c' }, { session: 'a', route: 'b","c' }, { session: 'a","b","c' }],
      3,
    ],
    [
      'lone surrogates',
      { key: 'session' },
      ['\ud800', '\ud801', '\udfff', '\ufffd'].map((session) => ({ session })),
      4,
    ],
    [
      'line breaks and long names',
      { key: 'session' },
      ['a\r\nDEL b', 'a', `a${'x'.repeat(1_000_000)}`].map((session) => ({ session })),
      3,
    ],
    [
      'a function',
      { name: 'tenant', key: ({ route }: RateLimitFacts) => route?.split('/')[1] },
      ['/a/1', '/a/2', '/a/3', '/b/1'].map((route) => ({ route })),
      3,
    ],
    ['everyone', { key: 'everyone' }, [by('203.0.113.9'), by('203.0.113.10'), by('203.0.113.11')], 2],
    [
      'what is named like a property',
      { key: 'session' },
      ['__proto__', 'constructor', 'toString'].map((session) => ({ session })),
      3,
    ],
  ])('separates the parts of a key: %s', async (_, options, requests, expected) => {
    expect(await passed(options, requests)).toBe(expected);
  });

  it('has keys of one length that show nothing of what was sent', async () => {
    const seen: string[] = [];
    const given = memoryStore();
    const spy = {
      ...given,
      take(...[counter, points]: Parameters<typeof given.take>) {
        seen.push(counter.key);
        return given.take(counter, points);
      },
    };
    const limiter = rateLimit({
      store: spy,
      limit: 5,
      windowSeconds: 60,
      key: ['account', 'address'],
      prefix: '{shop}',
    });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 50 }), async (account) => {
        await limiter.check({ account, address: '203.0.113.9' });
        expect(seen.at(-1)).toMatch(/^\{shop\}:[\w-]{32}$/);
      }),
      { numRuns: 300, seed: 20261201 },
    );
  });
});

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

  it('say which one refused, and when to come back', async () => {
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

  it('takes nothing from a polluted prototype', async () => {
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
    expect(new Set(await codes())).toEqual(new Set(['rate-limit/exceeded reported']));
    vi.setSystemTime('2027-01-01T00:00:00Z');
    await expect(limiter.enforce(by('203.0.113.9'))).rejects.toMatchObject({ code: 'rate-limit/exceeded' });
  });
});

describe('notices', () => {
  it('tell of requests without an address: rate-limit/no-address', async () => {
    const limiter = rateLimit({ store: store(), limit: 5, windowSeconds: 60, key: 'address' });
    await limiter.enforce({});
    expect(await codes()).toEqual(['rate-limit/no-address reported']);
    await limiter.enforce(by('203.0.113.9'));
    expect(await codes()).toHaveLength(1);
  });

  it('tell of memory in production: rate-limit/memory-store', async () => {
    memoryStore();
    vi.stubEnv('NODE_ENV', 'production');
    memoryStore({ allowInProduction: true });
    expect(await codes()).toEqual([]);
    memoryStore();
    expect(await codes()).toEqual(['rate-limit/memory-store reported']);
  });

  it('tell of a memory store that drops what it needs: rate-limit/memory-full', async () => {
    const limiter = rateLimit({
      store: memoryStore({ maxKeys: 1_000 }),
      limit: 5,
      windowSeconds: 60,
      key: 'session',
    });
    for (let session = 0; session < 1_000; session++) await limiter.enforce({ session: `${session}` });
    expect(await codes()).toEqual([]);
    await limiter.enforce({ session: 'one more' });
    expect(await codes()).toEqual(['rate-limit/memory-full reported']);
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
