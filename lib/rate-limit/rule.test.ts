import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/record.ts';
import { memoryStore, type RateLimitFacts, type RateLimitOptions, rateLimit } from './index.ts';

beforeEach(() => void configureEvents({ sinks: [] }));
const store = memoryStore;

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
    const names = [
      'anna',
      'ann\u0430',
      'ann',
      'anna.',
      'a nna',
      '\u0915\u093f',
      '\u0915\u093e',
      'anna+1',
      '\u0430nna',
    ];
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

  it('has keys of a fixed length that reveal nothing of the request', async () => {
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
