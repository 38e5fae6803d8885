import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { keyring } from '../../secrets/keyring.ts';
import type { Session } from '../session.ts';
import { bindingOf } from '../session-id.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import { memoryEpochs } from './memory-epochs.ts';
import { seal } from './seal.ts';
import { type SealedSessions, sealedSessions } from './sealed-sessions.ts';

interface Shop {
  cart: string[];
  theme: string;
  note: string;
}

const events = recordedEvents();
const secret = randomBytes(32);
const keys = keyring(secret);
const sessions = sealedSessions<Shop>({ keys });

/** One request of a browser: its cookies go out, and what comes back stays. */
async function visit<T>(
  jar: BrowserJar,
  work: (session: Session<Shop>, lines: string[]) => Promise<T> | T,
  of: SealedSessions<Shop> = sessions,
): Promise<T> {
  const lines: string[] = [];
  const request = jar.request();
  const session = await of.load(request, {
    appendCookie(line) {
      lines.push(line);
      jar.take(line);
    },
  });
  expect(of.of(request)).toBe(session);
  return await work(session, lines);
}

const userOf = (jar: BrowserJar, of = sessions): Promise<string | undefined> =>
  visit(jar, ({ user }) => user, of);

async function loggedIn(user = 'ann', of = sessions): Promise<BrowserJar> {
  const jar = new BrowserJar();
  await visit(jar, (session) => session.logIn(user, { theme: 'dark' }), of);
  return jar;
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-01T12:00:00Z') });
  await events.since();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('a session', () => {
  it('is new, and sets no cookie, before the first change', async () => {
    const jar = new BrowserJar();
    await visit(jar, async (session, lines) => {
      expect(session).toMatchObject({
        isNew: true,
        user: undefined,
        binding: undefined,
        createdAt: undefined,
      });
      await session.delete('cart');
      await session.rotate();
      await session.logOut();
      await session.update(() => ({}));
      expect(lines).toEqual([]);
    });
    expect(await events.codes()).toEqual([]);
  });

  it('keeps user and data from one request to the next', async () => {
    const jar = await loggedIn();
    await visit(jar, async (session) => {
      expect(session).toMatchObject({ user: 'ann', isNew: false, createdAt: new Date() });
      expect(session.data).toEqual({ theme: 'dark' });
      await session.set({ cart: ['a'], note: 'x' });
      await session.update(({ cart = [] }) => ({ cart: [...cart, 'b'], note: undefined }));
    });
    await visit(jar, async (session) => {
      expect(session.data).toEqual({ theme: 'dark', cart: ['a', 'b'] });
      expect(Object.isFrozen(session.data.cart)).toBe(true);
      await session.delete('cart');
      expect(session.data).toEqual({ theme: 'dark' });
    });
    expect(await events.codes()).toEqual([]);
  });

  it('has a cookie that only this host can set and only https sends', async () => {
    const lines = await visit(new BrowserJar(), async (session, all) => {
      await session.set({ theme: 'dark' });
      return all;
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^__Host-session=1\.[\w-]{6}\.[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    const other = sealedSessions<Shop>({
      keys,
      cookie: { name: '__Host-id', sameSite: 'Strict', persistent: true },
    });
    await visit(
      new BrowserJar(),
      async (session, all) => {
        await session.set({ theme: 'dark' });
        expect(all[0]).toMatch(/^__Host-id=.*; Path=\/; Max-Age=3600; Secure; HttpOnly; SameSite=Strict$/);
      },
      other,
    );
  });

  it('works on plain http in development, and not in production', async () => {
    const plain = sealedSessions<Shop>({ keys, cookie: { allowInsecure: true } });
    const jar = await loggedIn('ann', plain);
    expect(jar.get('session')).toBeDefined();
    expect(await userOf(jar, plain)).toBe('ann');
    vi.stubEnv('NODE_ENV', 'production');
    expect(() => sealedSessions({ keys, cookie: { allowInsecure: true } })).toThrow(
      expect.objectContaining({ code: 'session/not-for-production' }),
    );
  });

  it('hides its content, and its id from the binding', async () => {
    const jar = await loggedIn('ann-of-accounting');
    const value = jar.get('__Host-session') ?? '';
    const bytes = Buffer.from(value.slice(9), 'base64url').toString('latin1');
    expect(bytes).not.toContain('ann');
    expect(bytes).not.toContain('dark');
    await visit(jar, ({ binding }) => {
      expect(binding).toMatch(/^[\w-]{43}$/);
      expect(value).not.toContain(binding);
    });
  });

  it('gets a new id at log-in and rotation, and keeps it at other changes', async () => {
    const jar = new BrowserJar();
    await visit(jar, async (session) => {
      await session.set({ cart: ['a'] });
      const visitor = session.binding;
      await session.set({ theme: 'x' });
      expect(session.binding).toBe(visitor);
      await session.logIn('ann');
      const user = session.binding;
      expect(user).not.toBe(visitor);
      expect(session.data).toEqual({ cart: ['a'], theme: 'x' });
      await session.rotate();
      expect(session.binding).not.toBe(user);
      expect(session.user).toBe('ann');
    });
  });

  it('does not give one user what another has left', async () => {
    const jar = await loggedIn('ann');
    await visit(jar, async (session) => {
      await session.logIn('bob', { note: 'new' });
      expect(session.data).toEqual({ note: 'new' });
      await session.logIn('bob');
      expect(session.data).toEqual({ note: 'new' });
    });
  });

  it('ends in this browser at log-out, with both cookies', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() + 120_000);
    await userOf(jar);
    expect(jar.entries()).toHaveLength(2);
    await visit(jar, async (session) => {
      await session.logOut();
      expect(session).toMatchObject({ isNew: true, user: undefined, data: {} });
    });
    expect(jar.entries()).toEqual([]);
    await visit(jar, async (session) => {
      await session.logOut();
      await session.set({ theme: 'light' });
    });
    expect(await visit(jar, ({ data }) => data)).toEqual({ theme: 'light' });
  });

  it('serves each of many changes of one request in turn', async () => {
    const jar = new BrowserJar();
    await visit(jar, async (session) => {
      await Promise.all([
        session.set({ theme: 'a' }),
        session.set({ note: 'b' }),
        session.update(({ cart = [] }) => ({ cart: [...cart, 'c'] })),
        session.update(({ cart = [] }) => ({ cart: [...cart, 'd'] })),
      ]);
    });
    expect(await visit(jar, ({ data }) => data)).toEqual({ theme: 'a', note: 'b', cart: ['c', 'd'] });
  });

  it('refuses a change once the headers were sent, and keeps what it had', async () => {
    const jar = await loggedIn();
    const request = jar.request();
    const session = await sessions.load(request, { appendCookie() {}, headersSent: () => true });
    for (const change of [
      () => session.set({ theme: 'light' }),
      () => session.logIn('bob'),
      () => session.rotate(),
      () => session.logOut(),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'session/headers-sent' });
    }
    expect(session).toMatchObject({ user: 'ann', data: { theme: 'dark' } });
  });
});

it('keeps whatever JSON can express', async () => {
  const keyOf = fc.stringMatching(/^[\w.:-]{1,20}$/).filter((key) => key !== '__proto__');
  const data = fc.dictionary(keyOf, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 8 });
  await fc.assert(
    fc.asyncProperty(data, async (given) => {
      const json = JSON.stringify(given);
      fc.pre(json.length < 2_500 && !json.includes('__proto__'));
      const jar = new BrowserJar();
      await visit(jar, (session) => session.set(given as never));
      expect(jar.refused).toEqual([]);
      expect(JSON.parse(JSON.stringify(await visit(jar, (session) => session.data)))).toEqual(
        JSON.parse(json),
      );
    }),
    { numRuns: 200 },
  );
});

describe('time', () => {
  it('ends a session after 30 minutes without a request, and not before', async () => {
    const jar = await loggedIn();
    const idle = new BrowserJar(jar);
    vi.setSystemTime(Date.now() + 1_799_000);
    expect(await userOf(jar)).toBe('ann');
    vi.setSystemTime(Date.now() + 1_000);
    expect(await userOf(idle)).toBeUndefined();
    expect(await events.since()).toMatchObject([
      { code: 'session/seal-expired', evidence: { reason: 'idle' } },
    ]);
    expect(await userOf(jar)).toBe('ann');
  });

  it('ends a session an hour after log-in, whatever it does', async () => {
    const jar = await loggedIn();
    for (let minute = 1; minute < 60; minute++) {
      vi.setSystemTime(Date.now() + 60_000);
      await visit(jar, (session) => (minute % 2 ? session.set({ note: `${minute}` }) : session.rotate()));
    }
    expect(await userOf(jar)).toBe('ann');
    vi.setSystemTime(Date.now() + 60_000);
    expect(await userOf(jar)).toBeUndefined();
    expect(await events.since()).toMatchObject([
      { code: 'session/seal-expired', evidence: { reason: 'absolute' } },
    ]);
    await visit(jar, (session) => session.logIn('ann'));
    expect(await userOf(jar)).toBe('ann');
  });

  it('accepts clocks that differ by a minute, and nothing from the future', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() - 60_000);
    expect(await userOf(jar)).toBe('ann');
    vi.setSystemTime(Date.now() - 1_000);
    expect(await userOf(jar)).toBeUndefined();
    expect(await events.since()).toMatchObject([
      { code: 'session/seal-rejected', evidence: { reason: 'from-the-future' } },
    ]);
  });

  it('keeps a session alive by a cookie that brings nothing back: neither data nor a session that was ended', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() + 61_000);
    // A slow request began before the user changed the theme and logged out in another tab. Its response comes last.
    const slow: string[] = [];
    await sessions.load(jar.request(), { appendCookie: (line) => slow.push(line) });
    expect(slow.map((line) => line.split('=')[0])).toEqual(['__Host-session-seen']);
    const changed = new BrowserJar(jar);
    await visit(changed, (session) => session.set({ theme: 'light' }));
    for (const line of slow) changed.take(line);
    expect(await visit(changed, ({ data }) => data.theme)).toBe('light');
    await visit(jar, (session) => session.logOut());
    for (const line of slow) jar.take(line);
    expect(await userOf(jar)).toBeUndefined();
  });

  it('sends no cookie within the same minute', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() + 59_000);
    await visit(jar, (_session, lines) => expect(lines).toEqual([]));
    vi.setSystemTime(Date.now() + 1_000);
    await visit(jar, (_session, lines) => expect(lines).toHaveLength(1));
    await visit(jar, (_session, lines) => expect(lines).toEqual([]));
  });

  it('takes the time of no other session', async () => {
    const jar = await loggedIn();
    const other = await loggedIn('bob');
    vi.setSystemTime(Date.now() + 1_700_000);
    await userOf(other);
    vi.setSystemTime(Date.now() + 200_000);
    expect(await userOf(other)).toBe('bob');
    jar.set('__Host-session-seen', other.get('__Host-session-seen') ?? '');
    expect(await userOf(jar)).toBeUndefined();
  });
});

describe('keys', () => {
  it('are rotated without logging anybody out', async () => {
    const jar = await loggedIn();
    const former = jar.get('__Host-session');
    const newer = randomBytes(32);
    const rotated = sealedSessions<Shop>({ keys: keyring(newer, secret) });
    expect(await userOf(jar, rotated)).toBe('ann');
    expect(jar.get('__Host-session')).toBe(former);
    vi.setSystemTime(Date.now() + 61_000);
    await visit(jar, ({ binding }) => expect(binding).toBeDefined(), rotated);
    expect(jar.get('__Host-session')).not.toBe(former);
    const later = sealedSessions<Shop>({ keys: keyring(newer) });
    expect(await visit(jar, ({ user, data }) => ({ user, data }), later)).toEqual({
      user: 'ann',
      data: { theme: 'dark' },
    });
    expect(await events.codes()).toEqual([]);
    // The copy that was sealed with the former key is worth nothing once that has gone.
    jar.set('__Host-session', former ?? '');
    expect(await userOf(jar, later)).toBeUndefined();
    expect(await events.since()).toMatchObject([
      { code: 'session/seal-rejected', evidence: { reason: 'unknown-key' } },
    ]);
  });

  it('seal a change with the current key at once', async () => {
    const jar = await loggedIn();
    const rotated = keyring(randomBytes(32), secret);
    await visit(jar, (session) => session.set({ note: 'x' }), sealedSessions<Shop>({ keys: rotated }));
    expect(jar.get('__Host-session')?.split('.')[1]).toBe(rotated.current('session/sealed').id);
  });
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

  it('takes no user from a polluted prototype', async () => {
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

describe('size', () => {
  it('is bounded for the whole cookie, by an error that names the largest keys', async () => {
    const jar = await loggedIn();
    await visit(jar, async (session) => {
      const error: unknown = await session
        .set({ note: 'n'.repeat(2_000), cart: ['c'.repeat(1_500)] })
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'session/too-large', status: 413 });
      expect((error as { detail: { reason: string } }).detail.reason).toMatch(
        /^the cookie would have \d{4} bytes; largest keys in bytes of JSON: note 2010, cart 1512, theme 15$/,
      );
      expect(session.data).toEqual({ theme: 'dark' });
    });
    expect(await visit(jar, ({ data }) => data)).toEqual({ theme: 'dark' });
  });

  it('lets through exactly what browsers keep', async () => {
    for (const persistent of [false, true]) {
      const of = sealedSessions<Shop>({ keys, cookie: { persistent } });
      let longest = 0;
      for (let length = 2_850; length < 3_000; length++) {
        const jar = new BrowserJar();
        const line = await visit(
          jar,
          async (session, lines) => {
            await session.set({ note: 'n'.repeat(length) }).catch((error: unknown) => {
              expect(error).toMatchObject({ code: 'session/too-large' });
            });
            return lines[0];
          },
          of,
        );
        expect(jar.refused).toEqual([]);
        if (line !== undefined) longest = line.length;
      }
      expect(longest).toBeGreaterThan(4_092);
      expect(longest).toBeLessThanOrEqual(4_096);
    }
  });

  it.each(['\u00e4'.repeat(1_400), '"'.repeat(1_400), '\ud83d\ude00'.repeat(700)])(
    'counts bytes, not characters: %#',
    async (note) => {
      const jar = new BrowserJar();
      await visit(jar, (session) => session.set({ note }));
      expect(jar.refused).toEqual([]);
      expect(await visit(jar, ({ data }) => data.note)).toBe(note);
    },
  );
});

it.each([
  [{}, /keyring/],
  [{ keys: 'secret' }, /keyring/],
  [{ keys, idleSeconds: 0 }, /idleSeconds/],
  [{ keys, idleSeconds: 7_200 }, /idleSeconds/],
  [{ keys, absoluteSeconds: 86_400 * 31 }, /absoluteSeconds/],
  [{ keys, absoluteSeconds: Number.NaN }, /absoluteSeconds/],
  [{ keys, fail: 'open' }, /fail/],
  [{ keys, epochs: {} }, /epochs/],
  [{ keys, legacy: {} }, /legacy/],
  [{ keys, timeoutMs: -1 }, /timeoutMs/],
  [{ keys, cookies: {} }, /Did you mean cookie/],
])('refuses the options %o', (options, sentence) => {
  expect(() => sealedSessions(options as never)).toThrow(
    expect.objectContaining({ code: 'bulwark/invalid-option', message: expect.stringMatching(sentence) }),
  );
  expect(() => sealedSessions({ keys, absoluteSeconds: 600, epochs: memoryEpochs() })).not.toThrow();
});

it('returns one handle for one request, and none for a request that was not loaded', async () => {
  const request = new BrowserJar().request();
  expect(() => sessions.of(request)).toThrow(expect.objectContaining({ code: 'session/not-loaded' }));
  const [one, other] = await Promise.all([
    sessions.load(request, { appendCookie() {} }),
    sessions.load(request, { appendCookie() {} }),
  ]);
  expect(one).toBe(other);
});

it('decodes base64url strictly', () => {
  expect(fromBase64url(toBase64url(new Uint8Array([251, 255])))).toEqual(new Uint8Array([251, 255]));
  for (const text of ['A', 'AB', '+/8', 'AA==', ' AAA', 'AAA\n']) expect(fromBase64url(text)).toBeUndefined();
});
