import { createHmac, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { keyring, Secret } from '../../secrets/index.ts';
import { memoryStore, sessions } from '../index.ts';
import { sealedSessions } from '../sealed/index.ts';
import { expressStore, type LegacySessionsOptions, legacySessions, memorySpentSeals } from './index.ts';

interface Shop {
  cart: string[];
}

const events = recordedEvents();
beforeEach(() => events.since());
const secret = 'Yk3wq8Zr1uVx5tBn7mLp2sDf4gHj6aQe';
const spent = memorySpentSeals();
const store = { name: 'none', read: async () => undefined, remove: async () => false };
const blind = expressStore({ get() {}, destroy() {} });
const map = (old: Readonly<Record<string, unknown>>): { user: string } => ({ user: String(old['userId']) });
const common = { secrets: secret, until: '2999-01-01', map };
const cookie = { kind: 'cookie-session', spent, ...common } as const;

it.each<[object, RegExp]>([
  [{}, /kind/],
  [{ ...cookie, kind: 'csurf' }, /kind/],
  [{ ...cookie, kind: '__proto__' }, /kind/],
  [{ ...cookie, secrets: [] }, /secrets/],
  [{ ...cookie, secrets: undefined }, /secrets/],
  [{ ...cookie, secrets: Array.from({ length: 17 }, () => secret) }, /1 to 16/],
  [{ ...cookie, secrets: 'keyboard cat' }, /16 characters/],
  [{ ...cookie, secrets: [secret, ''], allowShortSecrets: true }, /1 characters/],
  [{ ...cookie, kind: 'iron-session', cookieName: 'iron', secrets: secret.slice(1) }, /32 characters/],
  [{ ...cookie, until: undefined }, /until/],
  [{ ...cookie, until: 'soon' }, /until/],
  [{ ...cookie, until: '2027' }, /until/],
  [{ ...cookie, until: new Date('x') }, /until/],
  [{ ...cookie, until: '2027-02-31T25:00Z' }, /until/],
  [{ ...cookie, map: undefined }, /map/],
  [{ ...cookie, spent: undefined }, /a copy of it would work again after log-out/],
  [
    { ...cookie, kind: 'iron-session', cookieName: 'iron', spent: undefined },
    /a copy of it would work again/,
  ],
  [{ ...cookie, kind: 'iron-session' }, /cookieName/],
  [{ ...cookie, spent: {} }, /spent/],
  [{ ...cookie, spent: { name: 'own', claim: async () => true } }, /spent/],
  [{ ...cookie, cookieName: 'a b' }, /cookieName/],
  [{ ...cookie, clear: { domain: 'a;b' } }, /domain/],
  [{ ...cookie, clear: { path: 'app' } }, /path/],
  [{ ...cookie, clear: { path: '/a; Domain=evil.example' } }, /path/],
  [{ ...cookie, clear: { paths: '/' } }, /Did you mean path/],
  [{ ...cookie, timeoutMs: 0 }, /timeoutMs/],
  [{ ...cookie, store }, /no option "store"/],
  [{ kind: 'express-session', ...common }, /store/],
  [{ kind: 'express-session', ...common, store: {} }, /store/],
  [{ kind: 'express-session', ...common, store: blind }, /Set `spent` too/],
  [{ kind: 'express-session', ...common, store, allowShortSecrets: true }, /no option "allowShortSecrets"/],
])('refuses the options %o', (options, sentence) => {
  expect(() => legacySessions(options as never)).toThrow(
    expect.objectContaining({ code: 'bulwark/invalid-option', message: expect.stringMatching(sentence) }),
  );
});

it.each<object>([
  cookie,
  { ...cookie, secrets: new Secret(secret) },
  { ...cookie, secrets: [new Secret(secret), secret], until: new Date() },
  { ...cookie, until: '2027-03-01T12:00:00Z', clear: { path: '/app', domain: '.shop.example' } },
  { ...cookie, secrets: 'keyboard cat', allowShortSecrets: true },
  { ...cookie, kind: 'iron-session', cookieName: 'iron' },
  { kind: 'express-session', ...common, store, secrets: 'keyboard cat' },
  { kind: 'express-session', ...common, store: blind, spent },
])('accepts the options %o', (options) => {
  expect(() => legacySessions(options as never)).not.toThrow();
});

it('reads no option from a polluted prototype', () => {
  const prototype = Object.prototype as { allowShortSecrets?: boolean };
  prototype.allowShortSecrets = true;
  try {
    expect(() => legacySessions({ ...cookie, secrets: 'keyboard cat' })).toThrow(/16 characters/);
  } finally {
    delete prototype.allowShortSecrets;
  }
});

describe('the cookies of both', () => {
  const value = Buffer.from('{"userId":"ann"}').toString('base64');
  const jarOf = (name: string): BrowserJar => {
    const jar = new BrowserJar();
    jar.set(name, value);
    jar.set(`${name}.sig`, createHmac('sha1', secret).update(`${name}=${value}`).digest('base64url'));
    return jar;
  };
  const keys = keyring(randomBytes(32));
  const visit = async (jar: BrowserJar, options: Partial<LegacySessionsOptions<Shop>>): Promise<string[]> => {
    const lines: string[] = [];
    const legacy = legacySessions<Shop>({ ...cookie, spent: memorySpentSeals(), ...options } as never);
    await sealedSessions<Shop>({ keys, legacy }).load(jar.request(), {
      appendCookie: (line) => lines.push(line),
    });
    return lines;
  };

  it('must have different names', () => {
    const legacy = legacySessions<Shop>({ ...cookie, cookieName: 'session' });
    const plain = { cookie: { allowInsecure: true }, legacy };
    const same = expect.objectContaining({ message: expect.stringContaining('both called session') });
    expect(() => sealedSessions<Shop>({ keys, ...plain })).toThrow(same);
    expect(() => sessions<Shop>({ store: memoryStore(), ...plain })).toThrow(same);
    expect(() => sealedSessions<Shop>({ keys, legacy })).not.toThrow();
  });

  it('are removed by the path and domain that they were set with', async () => {
    expect(await visit(jarOf('session'), {})).toEqual([
      expect.stringMatching(/^__Host-session=1\./),
      'session=; Path=/; Max-Age=0',
      'session.sig=; Path=/; Max-Age=0',
    ]);
    const elsewhere = { clear: { path: '/app', domain: 'shop.example' } };
    expect((await visit(jarOf('session'), elsewhere)).slice(1)).toEqual([
      'session=; Path=/app; Domain=shop.example; Max-Age=0',
      'session.sig=; Path=/app; Domain=shop.example; Max-Age=0',
    ]);
    expect((await visit(jarOf('__Secure-id'), { cookieName: '__Secure-id' }))[1]).toBe(
      '__Secure-id=; Path=/; Max-Age=0; Secure',
    );
  });

  it('open nothing when there are two of one name (cookie tossing)', async () => {
    const planted = jarOf('session');
    const twice = `${planted.header()}; ${planted.header()}`;
    const request = { method: 'GET', url: '/', headers: { cookie: twice } };
    const legacy = legacySessions<Shop>({ ...cookie, spent: memorySpentSeals() });
    const own = sealedSessions<Shop>({ keys, legacy });
    const session = await own.load(request, { appendCookie() {} });
    expect(session.isNew).toBe(true);
    expect(await events.since()).toMatchObject([{ code: 'session/several-cookies' }]);
  });

  it('are left alone once the headers were sent', async () => {
    const jar = jarOf('session');
    const legacy = legacySessions<Shop>({ ...cookie, spent: memorySpentSeals() });
    const own = sealedSessions<Shop>({ keys, legacy });
    const late = await own.load(jar.request(), {
      appendCookie: () => expect.unreachable(),
      headersSent: () => true,
    });
    expect(late.isNew).toBe(true);
    const session = await own.load(jar.request(), { appendCookie() {} });
    expect(session.user).toBe('ann');
  });

  it('gives a session whose later changes go out as usual', async () => {
    const jar = jarOf('session');
    const legacy = legacySessions<Shop>({ ...cookie, spent: memorySpentSeals() });
    const own = sealedSessions<Shop>({ keys, legacy });
    const session = await own.load(jar.request(), { appendCookie: (line) => jar.take(line) });
    await session.set({ cart: ['cup'] });
    const next = await own.load(jar.request(), { appendCookie: (line) => jar.take(line) });
    expect(next).toMatchObject({ user: 'ann', data: { cart: ['cup'] } });
  });

  it('logs nobody in because of a polluted prototype', async () => {
    const prototype = Object.prototype as { user?: string; userId?: string };
    const empty = Buffer.from('{"theme":"dark"}').toString('base64');
    const jar = new BrowserJar();
    jar.set('session', empty);
    jar.set('session.sig', createHmac('sha1', secret).update(`session=${empty}`).digest('base64url'));
    const load = async (map: LegacySessionsOptions<Shop>['map']): Promise<string | undefined> => {
      const legacy = legacySessions<Shop>({ ...cookie, spent: memorySpentSeals(), map });
      return (await sealedSessions<Shop>({ keys, legacy }).load(jar.request(), { appendCookie() {} })).user;
    };
    prototype.user = 'admin';
    prototype.userId = 'admin';
    try {
      expect(await load(() => ({ data: { cart: ['tea'] } }))).toBeUndefined();
      expect(
        await load(({ userId }) => (userId === undefined ? undefined : { user: String(userId) })),
      ).toBeUndefined();
    } finally {
      delete prototype.user;
      delete prototype.userId;
    }
    expect(await load(() => ({ user: 'ann' }))).toBe('ann');
  });

  it('refuses what map returns when it is no record, and loses nothing', async () => {
    const jar = jarOf('session');
    await expect(visit(jar, { map: (() => 'ann') as never })).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
    await expect(visit(jar, { map: (() => ({ user: 17 })) as never })).rejects.toMatchObject({
      code: 'session/invalid-data',
    });
    expect(await visit(jar, { map: async () => ({ user: 'ann' }) })).toHaveLength(3);
  });
});
