import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { keys, loggedIn, type Shop, sessions, userOf, visit } from '../../../checks/cookies/sealed-shop.ts';
import { keyring } from '../../secrets/keyring.ts';
import type { Session } from '../session.ts';
import { bindingOf } from '../session-id.ts';
import { seal } from './seal.ts';
import { sealedSessions } from './sealed-sessions.ts';

const events = recordedEvents();

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-01T12:00:00Z') });
  await events.since();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('a cookie that was not made for this', () => {
  const rejected = async (jar: BrowserJar, reason: string, of = sessions): Promise<void> => {
    expect(await userOf(jar, of)).toBeUndefined();
    expect(await events.since()).toMatchObject([{ code: 'session/seal-rejected', evidence: { reason } }]);
  };

  it('is no session when any of its characters changed', async () => {
    const jar = await loggedIn();
    const value = jar.get('__Host-session') ?? '';
    for (let at = 0; at < value.length; at++) {
      const changed = new BrowserJar();
      changed.set(
        '__Host-session',
        `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`,
      );
      expect(await userOf(changed)).toBeUndefined();
    }
    expect(new Set(await events.codes())).toEqual(new Set(['session/seal-rejected']));
    expect(await userOf(jar)).toBe('ann');
  });

  it.each(['0', "' or 1=1 --", '1.AAAAAA.AAAA', 's:abc.def', '{"user":"ann"}', 'A'.repeat(60_000), '%00'])(
    'is no session when it is %s',
    async (value) => {
      const jar = new BrowserJar();
      jar.set('__Host-session', value);
      await rejected(jar, 'malformed');
    },
  );

  it('is no session under another name, of another application, or of another purpose', async () => {
    const jar = await loggedIn();
    const value = jar.get('__Host-session') ?? '';
    vi.setSystemTime(Date.now() + 61_000);
    await userOf(jar);
    const admin = sealedSessions<Shop>({ keys, cookie: { name: '__Host-admin' } });
    const moved = new BrowserJar();
    moved.set('__Host-admin', value);
    await rejected(moved, 'not-authentic', admin);
    moved.set('__Host-session', jar.get('__Host-session-seen') ?? '');
    await rejected(moved, 'not-authentic');
    const swapped = new BrowserJar(jar);
    swapped.set('__Host-session-seen', value);
    expect(await userOf(swapped)).toBe('ann');
    await rejected(jar, 'unknown-key', sealedSessions<Shop>({ keys: keyring(randomBytes(32)) }));
    const purpose = await seal(
      new TextEncoder().encode('{"i":"AAAAAAAAAAAAAAAAAAAAAA","c":1,"t":1,"u":"ann","d":{}}'),
      keys.current('invoice-link'),
      { name: '__Host-session', purpose: 'invoice-link' },
    );
    moved.set('__Host-session', purpose);
    await rejected(moved, 'not-authentic');
  });

  it('is no session when there are two (cookie tossing)', async () => {
    const jar = await loggedIn();
    const planted = await loggedIn('mallory');
    const request = {
      method: 'GET',
      url: '/',
      headers: { cookie: `${jar.header()}; ${planted.header()}` },
    };
    expect((await sessions.load(request, { appendCookie() {} })).user).toBeUndefined();
    expect(await events.since()).toMatchObject([{ code: 'session/several-cookies' }]);
  });

  it('does not keep a session alive when the second cookie is planted', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() + 1_800_000);
    for (const planted of ['x', '1.AAAAAA.AAAA', jar.get('__Host-session') ?? '']) {
      jar.set('__Host-session-seen', planted);
      expect(await userOf(jar)).toBeUndefined();
    }
  });
});

describe('an authentic seal of another form', () => {
  const id = 'AAAAAAAAAAAAAAAAAAAAAA';
  const now = Date.parse('2026-12-01T12:00:00Z') / 1_000;
  const held = async (text: string | Uint8Array): Promise<Session<Shop>> => {
    const jar = new BrowserJar();
    const plaintext = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const context = { name: '__Host-session', purpose: 'session/sealed' };
    jar.set('__Host-session', await seal(plaintext, keys.current('session/sealed'), context));
    return visit(jar, (session) => session);
  };

  it('opens when it has the form of one', async () => {
    const session = await held(`{"i":"${id}","c":${now},"t":${now},"u":"ann","d":{"theme":"x"}}`);
    expect(session).toMatchObject({ user: 'ann', data: { theme: 'x' }, binding: bindingOf(id) });
  });

  it.each([
    '',
    'null',
    '[]',
    '"ann"',
    '{}',
    `{"i":"${id}","c":${now},"t":${now},"u":1,"d":{}}`,
    `{"i":"${id}","c":${now},"t":${now},"u":"","d":{}}`,
    `{"i":"${id}","c":"${now}","t":${now},"d":{}}`,
    `{"i":"${id}","c":${now},"t":${now - 1},"d":{}}`,
    `{"i":"${id}","c":1e400,"t":1e400,"d":{}}`,
    `{"i":"short","c":${now},"t":${now},"d":{}}`,
    `{"i":"${id}","c":${now},"t":${now},"d":{"__proto__":{"isAdmin":true}}}`,
    `{"i":"${id}","c":${now},"t":${now},"d":{"a":{"__proto__":{"isAdmin":true}}}}`,
    `{"i":"${id}","c":${now},"t":${now},"d":{"a":${'['.repeat(1_200)}${']'.repeat(1_200)}}}`,
    `{"i":"${id}","c":${now},"t":${now},"d":{"a b":1}}`,
    new Uint8Array([0xff, 0xfe, 0x00]),
  ])('is no session: %s', async (text) => {
    const session = await held(text);
    expect(session).toMatchObject({ isNew: true, user: undefined, data: {} });
    expect(await events.since()).toContainEqual(
      expect.objectContaining({ code: 'session/seal-rejected', evidence: { reason: 'unreadable' } }),
    );
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('reads no user from a polluted prototype', async () => {
    const prototype = Object.prototype as { u?: string; e?: string };
    prototype.u = 'admin';
    try {
      const session = await held(`{"i":"${id}","c":${now},"t":${now},"d":{}}`);
      expect(session).toMatchObject({ isNew: false, user: undefined });
    } finally {
      delete prototype.u;
    }
  });
});
