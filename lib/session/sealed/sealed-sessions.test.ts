import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { keys, loggedIn, type Shop, sessions, userOf, visit } from '../../../checks/cookies/sealed-shop.ts';
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

  it('is found where a library has replaced `Promise`', async () => {
    const jar = await loggedIn();
    vi.stubGlobal('Promise', class extends Promise<unknown> {});
    try {
      // The cookie is opened at the first visit, and known at the second.
      for (let count = 0; count < 2; count++) expect(await userOf(jar)).toBe('ann');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('is not that of a request from which another one was copied', async () => {
    const request = (await loggedIn()).request();
    const sink = { appendCookie: () => {} };
    expect((await sessions.load(request, sink)).user).toBe('ann');
    for (const other of [await loggedIn('bob'), new BrowserJar()]) {
      const user = await userOf(other);
      const copy = { ...request, headers: other.request().headers };
      expect(() => sessions.of(copy)).toThrow(expect.objectContaining({ code: 'session/not-loaded' }));
      expect((await sessions.load(copy, sink)).user).toBe(user);
      expect(sessions.of(request).user).toBe('ann');
    }
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
