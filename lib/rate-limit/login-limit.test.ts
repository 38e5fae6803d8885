import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../event/record.ts';
import { keyring } from '../secrets/keyring.ts';
import {
  type LoginFacts,
  type LoginLimit,
  type LoginLimitOptions,
  loginLimit,
  memoryStore,
} from './index.ts';

const keys = keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
beforeEach(() => void configureEvents({ sinks: [] }));
afterEach(() => vi.useRealTimers());

const make = (options: Partial<LoginLimitOptions> = {}): LoginLimit =>
  loginLimit({ store: memoryStore(), keys, ...options } as LoginLimitOptions);
const address = '203.0.113.9';
/** Tries that reached the check of the password. All of them guess wrong. */
async function guesses(
  login: LoginLimit,
  count: number,
  facts: (index: number) => LoginFacts,
): Promise<number> {
  let checked = 0;
  for (let index = 0; index < count; index++) {
    const { attempt } = await login.check(facts(index));
    if (attempt === undefined) continue;
    checked += 1;
    attempt.failed();
  }
  return checked;
}
async function logIn(login: LoginLimit, facts: LoginFacts): Promise<string> {
  const line = await (await login.reserve(facts)).succeeded();
  return line.slice(line.indexOf('=') + 1, line.indexOf(';'));
}
/** One address for each: 10.0.0.0/8 has enough of them. */
const from = (index: number): string => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;

describe('guessing one password', () => {
  it('is refused before the password is checked: rate-limit/login-exceeded', async () => {
    const login = make();
    expect(await guesses(login, 50, () => ({ account: 'anna', address }))).toBe(5);
    await expect(login.reserve({ account: 'anna', address })).rejects.toMatchObject({
      code: 'rate-limit/login-exceeded',
      status: 429,
      detail: { budget: 'pair', device: false, retryAfterSeconds: 900 },
    });
    await logIn(login, { account: 'bert', address });
  });

  it('gets as many attempts in parallel as one by one', async () => {
    const login = make();
    const results = await Promise.all(
      Array.from({ length: 1_000 }, () => login.check({ account: 'anna', address })),
    );
    expect(results.filter(({ attempt }) => attempt !== undefined)).toHaveLength(5);
  });

  it('gets no further attempts from other spellings of the account', async () => {
    const login = make();
    const names = ['anna', 'ANNA', ' anna ', 'ann\u200ba', '\uff41nna'];
    expect(await guesses(login, 50, (index) => ({ account: names[index % 5] ?? '', address }))).toBe(5);
  });

  it('from many addresses has one budget together, which does not stop the device of its owner', async () => {
    const login = make();
    const cookie = await logIn(login, { account: 'anna', address: '198.51.100.1' });
    expect(await guesses(login, 1_000, (index) => ({ account: 'anna', address: from(index) }))).toBe(20);
    await expect(login.reserve({ account: 'anna', address: '198.51.100.1' })).rejects.toMatchObject({
      detail: { budget: 'account', device: false },
    });
    for (let again = 0; again < 30; again++) {
      expect(await logIn(login, { account: 'anna', address: '198.51.100.77', cookie })).not.toBe('');
    }
    await logIn(login, { account: 'bert', address: '198.51.100.1' });
  });

  it('with a stolen device cookie has the limit of that device, and its owner another', async () => {
    const login = make();
    const stolen = await logIn(login, { account: 'anna', address });
    const other = await logIn(login, { account: 'anna', address });
    expect(
      await guesses(login, 100, (index) => ({ account: 'anna', address: from(index), cookie: stolen })),
    ).toBe(10);
    await expect(login.reserve({ account: 'anna', address, cookie: stolen })).rejects.toMatchObject({
      detail: { budget: 'device', device: true },
    });
    await logIn(login, { account: 'anna', address, cookie: other });
  });

  it('with many device cookies, collected by someone who once knew the password, shares one budget', async () => {
    const login = make();
    const cookies: string[] = [];
    for (let index = 0; index < 200; index++) cookies.push(await logIn(login, { account: 'anna', address }));
    const collected = (index: number): LoginFacts => ({
      account: 'anna',
      address,
      cookie: cookies[index % 200],
    });
    expect(await guesses(login, 2_000, collected)).toBe(100);
    await logIn(login, { account: 'anna', address });
  });

  it('with a device cookie of an own account, or a forged one, is guessing without one', async () => {
    const login = make();
    const own = await logIn(login, { account: 'mallory', address });
    expect(
      await guesses(login, 100, (index) => ({ account: 'anna', address: from(index), cookie: own })),
    ).toBe(20);
    const { attempt } = await login.check({ account: 'mallory', address, cookie: own });
    expect(attempt?.device).toBe(true);
    expect((await login.check({ account: 'cleo', address, cookie: `${own}x` })).attempt?.device).toBe(false);
  });
});

describe('success', () => {
  it('clears no counter but that of the pair: an own account resets nothing', async () => {
    const login = make({ perAddress: { limit: 30, windowSeconds: 900 } });
    let checked = 0;
    for (let round = 0; round < 200; round++) {
      const guess = await login.check({ account: `victim-${round}`, address });
      if (guess.attempt) checked += 1;
      guess.attempt?.failed();
      const own = await login.check({ account: 'mallory', address });
      await own.attempt?.succeeded();
    }
    expect(checked).toBe(30);
  });

  it('gives its attempt back, so that an office behind one address does not run out', async () => {
    const login = make();
    for (let user = 0; user < 300; user++) await logIn(login, { account: `user-${user}`, address });
    expect(await guesses(login, 100, (index) => ({ account: `victim-${index}`, address }))).toBe(50);
  });

  it('clears the attempts that its owner mistyped on this address', async () => {
    const login = make();
    for (let day = 0; day < 4; day++) {
      expect(await guesses(login, 4, () => ({ account: 'anna', address }))).toBe(4);
      await logIn(login, { account: 'anna', address });
    }
  });

  it('that comes late takes nothing from a later window', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const login = make({ perAddress: { limit: 3, windowSeconds: 60 } });
    const early = await Promise.all(
      [1, 2, 3].map((own) => login.reserve({ account: `mallory-${own}`, address })),
    );
    vi.advanceTimersByTime(61_000);
    expect(await guesses(login, 2, (index) => ({ account: `a${index}`, address }))).toBe(2);
    for (const attempt of early) await attempt.succeeded();
    expect(await guesses(login, 10, (index) => ({ account: `b${index}`, address }))).toBe(1);
  });

  it('counts once, and not after a failure', async () => {
    const login = make({ perAddress: { limit: 3, windowSeconds: 60 } });
    await guesses(login, 2, (index) => ({ account: `a${index}`, address }));
    const attempt = await login.reserve({ account: 'mallory', address });
    expect(await attempt.succeeded()).toBe(await attempt.succeeded());
    attempt.failed();
    expect(await guesses(login, 10, (index) => ({ account: `b${index}`, address }))).toBe(1);
    const failed = await make().reserve({ account: 'anna', address });
    failed.failed();
    await expect(failed.succeeded()).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
  });

  it('never comes for a request that crashed: its attempt stays counted', async () => {
    const login = make();
    for (let crash = 0; crash < 5; crash++) await login.reserve({ account: 'anna', address });
    expect((await login.check({ account: 'anna', address })).decision.allow).toBe(false);
  });
});

describe('password spraying', () => {
  it.each([
    ['one IPv4 address', () => address, 50],
    ['one /64', (index: number) => `2001:db8:1:2::${index.toString(16)}`, 50],
    ['one /48', (index: number) => `2001:db8:1:${(index % 65_536).toString(16)}::1`, 200],
  ])('from %s is limited', async (_, addressOf, expected) => {
    const login = make();
    const checked = await guesses(login, 1_000, (index) => ({
      account: `user-${index}`,
      address: addressOf(index),
    }));
    expect(checked).toBe(expected);
  });

  it('from as many addresses as accounts is limited by a budget for the site only', async () => {
    const spray = (index: number): LoginFacts => ({ account: `user-${index}`, address: from(index) });
    expect(await guesses(make(), 1_000, spray)).toBe(1_000);
    const login = make({ perSite: { limit: 100, windowSeconds: 60 } });
    const cookie = login.trustDevice({ account: 'anna' }).split(/[=;]/)[1] ?? '';
    expect(await guesses(login, 1_000, spray)).toBe(100);
    await logIn(login, { account: 'anna', address, cookie });
    await expect(login.reserve({ account: 'bert', address })).rejects.toMatchObject({
      detail: { budget: 'site' },
    });
  });
});

describe('a refused attempt', () => {
  it('uses up nothing that others need', async () => {
    const login = make();
    expect(await guesses(login, 1_000, () => ({ account: 'anna', address }))).toBe(5);
    expect(await guesses(login, 100, (index) => ({ account: `user-${index}`, address }))).toBe(45);
  });

  it('passes in report mode, with an event', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime('2026-12-01T12:00:00Z');
    const login = make({ mode: 'report', until: '2026-12-31' });
    expect(await guesses(login, 50, () => ({ account: 'anna', address }))).toBe(50);
    vi.setSystemTime('2027-01-01T12:00:00Z');
    expect(await guesses(login, 50, () => ({ account: 'anna', address }))).toBe(0);
  });
});

describe('the parts of a log-in', () => {
  it('are read from a request', async () => {
    const login = make();
    const cookie = await logIn(login, { account: 'anna', address });
    const request = { method: 'POST', url: '/login', headers: { cookie: `a=b; __Host-device=${cookie}` } };
    const { attempt } = await login.check({ account: 'anna', address, cookie: login.cookie(request) });
    expect(attempt?.device).toBe(true);
    expect(login.cookie(new Request('http://a.example/', { headers: {} }))).toEqual([]);
  });

  it.each([undefined, null, 7, ['anna'], { toString: () => 'anna' }])(
    'have a string as the account, not %s',
    async (account) => {
      await expect(make().check({ account: account as string, address })).rejects.toMatchObject({
        code: 'bulwark/invalid-option',
      });
    },
  );

  it.each(['', '__proto__', 'a:b', 'x'.repeat(1_000_000), '\ud800', "' or 1=1"])(
    'take any string',
    async (account) => {
      expect(await guesses(make(), 10, () => ({ account, address }))).toBe(5);
    },
  );
});

describe('options', () => {
  it.each<[string, object]>([
    ['keys that are no keyring', { keys: { current: () => ({ id: 'a', key: new Uint8Array(32) }) } }],
    ['no keys', { keys: undefined }],
    ['a cookie that other hosts can set', { cookieName: 'device' }],
    ['a cookie name with line breaks', { cookieName: '__Host-a\r\nb' }],
    ['a budget of 0', { perPair: { limit: 0, windowSeconds: 60 } }],
    ['a broken budget', { perAccount: { limit: 1.5, windowSeconds: 60 } }],
    ['a budget without a window', { perDevice: { limit: 5 } }],
    [
      'two budgets of one window',
      {
        perAccount: [
          { limit: 1, windowSeconds: 60 },
          { limit: 2, windowSeconds: 60 },
        ],
      },
    ],
    ['no budgets', { perAccount: [] }],
    ['false', { perAccount: false }],
    ['a misspelt option', { perAdress: { limit: 1, windowSeconds: 60 } }],
    ['a device for years', { deviceSeconds: 1e9 }],
  ])('refuse %s', (_, options) => {
    expect(() => make(options)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });

  it('accept several windows, as NIST SP 800-63B suggests', async () => {
    const login = make({
      perAccount: [
        { limit: 20, windowSeconds: 3_600 },
        { limit: 100, windowSeconds: 30 * 86_400 },
      ],
    });
    expect(await guesses(login, 100, (index) => ({ account: 'anna', address: from(index) }))).toBe(20);
  });
});
