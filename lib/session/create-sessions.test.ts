import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from '../../checks/session/browser.ts';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { currentRequest, withRequest } from '../request/index.ts';
import { memoryStore, type SessionOptions, type SessionStore, type Sessions, sessions } from './index.ts';

interface Data {
  cart: string[];
  visits: number;
  theme: string;
}

const events: SecurityEvent[] = [];
let recorder = configureEvents({ sinks: [] });
let store: SessionStore;
let own: Sessions<Data>;

beforeAll(() => {
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
});
afterAll(() => void configureEvents({ sinks: [] }));
beforeEach(() => {
  store = memoryStore();
  own = make({});
});
afterEach(() => vi.unstubAllEnvs());

function make(options: Partial<SessionOptions>): Sessions<Data> {
  return sessions<Data>({ store, ...options });
}

describe('a visitor', () => {
  it('has a session that costs nothing before it is used', async () => {
    const visitor = browser();
    const session = await visitor.visit(own);
    expect(session).toMatchObject({ user: undefined, isNew: true, createdAt: undefined, binding: undefined });
    expect({ ...session.data }).toEqual({});
    await session.set({});
    await session.delete('theme');
    await session.update(() => ({}));
    await session.rotate();
    await session.logOut();
    expect(visitor.lines).toEqual([]);
  });

  it('gets a __Host- cookie with 128 random bits at the first change', async () => {
    const visitor = browser();
    const session = await visitor.visit(own);
    await session.set({ theme: 'dark' });
    expect(visitor.lines).toEqual([
      expect.stringMatching(/^__Host-session=[\w-]{22}; Path=\/; Secure; HttpOnly; SameSite=Lax$/),
    ]);
    expect(session).toMatchObject({ isNew: false, data: { theme: 'dark' } });
    expect((await visitor.visit(own)).data).toEqual({ theme: 'dark' });
    expect(visitor.lines.length).toBe(1);
  });

  it('gets one session, however many changes there are at once', async () => {
    const visitor = browser();
    const session = await visitor.visit(own);
    await Promise.all([session.set({ theme: 'dark' }), session.set({ visits: 1 }), session.rotate()]);
    expect({ ...(await visitor.visit(own)).data }).toEqual({ theme: 'dark', visits: 1 });
  });

  it('stores only a hash of the id, and binds tokens to a different hash', async () => {
    const keys: string[] = [];
    const spied: SessionStore = {
      ...store,
      create(key, ...rest) {
        keys.push(key);
        return store.create(key, ...rest);
      },
    };
    const visitor = browser();
    const session = await visitor.visit(sessions<Data>({ store: spied }));
    await session.set({ theme: 'dark' });
    const id = visitor.cookie?.split('=')[1] ?? '';
    expect(keys).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(new Set([...keys, session.binding, id]).size).toBe(3);
    expect(JSON.stringify([session.binding, keys])).not.toContain(id);
  });
});

describe('log-in', () => {
  it('gives a new id, and ends the old one (session fixation, CWE-384)', async () => {
    const attacker = browser();
    await (await attacker.visit(own)).set({ theme: 'dark' });
    const victim = browser(attacker.cookie);
    const session = await victim.visit(own);
    const before = session.binding;
    await session.logIn('ann', { visits: 1 });
    expect(victim.cookie).not.toBe(attacker.cookie);
    expect(session.binding).not.toBe(before);
    expect(await victim.visit(own)).toMatchObject({ user: 'ann', data: { theme: 'dark', visits: 1 } });
    expect(await attacker.visit(own)).toMatchObject({ user: undefined, isNew: true });
  });

  it('gives a new id to a browser without a session, too', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    expect(await user.visit(own)).toMatchObject({ user: 'ann', isNew: false });
  });

  it('never makes a session from an id that the client chose', async () => {
    const victim = browser('__Host-session=AAAAAAAAAAAAAAAAAAAAAA');
    const session = await victim.visit(own);
    expect(session.isNew).toBe(true);
    await session.set({ theme: 'dark' });
    expect(victim.cookie).not.toContain('AAAAAAAAAAAAAAAAAAAAAA');
  });

  it('never passes data of the previous user to the next one', async () => {
    const shared = browser();
    await (await shared.visit(own)).logIn('ann', { cart: ['ring'] });
    const session = await shared.visit(own);
    await session.logIn('bob');
    expect({ ...session.data }).toEqual({});
    expect((await own.list('ann')).length).toBe(0);
  });

  it("may run twice at the same time, and keeps the visitor's data once", async () => {
    const user = browser();
    await (await user.visit(own)).set({ theme: 'dark' });
    const both = [await user.visit(own), await browser(user.cookie).visit(own)];
    await Promise.all(both.map((session) => session.logIn('ann')));
    expect(both.map(({ user }) => user)).toEqual(['ann', 'ann']);
    expect(both.filter(({ data }) => data.theme === 'dark').length).toBe(1);
    expect((await own.list('ann')).length).toBe(2);
  });

  it('starts the lifetime anew, and rotation does not', async () => {
    const user = browser();
    await (await user.visit(own)).set({ theme: 'dark' });
    const session = await user.visit(own);
    const before = session.createdAt?.getTime() ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await session.rotate();
    expect(session.createdAt?.getTime()).toBe(before);
    await session.logIn('ann');
    expect(session.createdAt?.getTime()).toBeGreaterThan(before);
  });

  it('sets the user of the request', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    await withRequest({}, async () => {
      const session = await user.visit(own);
      expect(currentRequest()?.user).toBe('ann');
      await session.logOut();
      expect(currentRequest()?.user).toBeUndefined();
    });
  });

  it.each(['', 'x'.repeat(257), 'a\0b', 'a\nb', '\ud800', 7, null, undefined])(
    'refuses the user %j',
    async (user) => {
      const session = await browser().visit(own);
      await expect(session.logIn(user as string)).rejects.toMatchObject({ code: 'session/invalid-data' });
      await expect(own.revokeAll(user as string)).rejects.toMatchObject({ code: 'session/invalid-data' });
      await expect(session.logIn('x'.repeat(256))).resolves.toBeUndefined();
    },
  );
});

describe('of and load', () => {
  it('return the same handle for a request', async () => {
    const request = { method: 'GET', url: '/', headers: {} };
    const sink = { appendCookie() {} };
    expect(() => own.of(request)).toThrow(expect.objectContaining({ code: 'session/not-loaded' }));
    const [one, two] = await Promise.all([own.load(request, sink), own.load(request, sink)]);
    expect(one).toBe(two);
    expect(own.of(request)).toBe(one);
  });

  it('read a web Request', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const request = new Request('https://shop.example.com/', { headers: { cookie: user.cookie ?? '' } });
    expect((await own.load(request, { appendCookie() {} })).user).toBe('ann');
  });
});

describe('options', () => {
  it('refuse what is for development in production', () => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(() => make({})).toThrow(expect.objectContaining({ code: 'session/not-for-production' }));
    expect(() => make({ allowMemoryInProduction: true, cookie: { allowInsecure: true } })).toThrow(
      expect.objectContaining({ code: 'session/not-for-production' }),
    );
    expect(() => make({ allowMemoryInProduction: true })).not.toThrow();
  });

  it.each([
    { store: {} },
    { idleSeconds: 0 },
    { absoluteSeconds: Number.NaN },
    { absoluteSeconds: '60' },
    { timeoutMs: 0.5 },
    { maxPending: Number.POSITIVE_INFINITY },
    { fail: 'open' },
    { allowMemoryInProduction: 'yes' },
    { cookie: { name: 'session' } },
    { cookie: { name: '__Host-a b' } },
    { cookie: { name: '__Host-session', allowInsecure: true } },
    { cookie: { sameSite: 'None' } },
    { cookie: { persistent: 1 } },
    { cookies: {} },
  ])('refuse %j', (options) => {
    expect(() => make(options as never)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });

  it('are not changed by a polluted prototype', async () => {
    const polluted = Object.prototype as Record<string, unknown>;
    const added = {
      ...{ allowInsecure: true, fail: 'anonymous', user: 'root', theme: 'evil', sameSite: 'Strict' },
      ...{ ifVersion: 7, id: 'AAAAAAAAAAAAAAAAAAAAAA', denied: {}, begin: true },
    };
    Object.assign(polluted, added);
    try {
      const user = browser();
      const session = await user.visit(make({}));
      expect(session.user).toBeUndefined();
      expect(session.data.theme).toBeUndefined();
      await session.set({ visits: 1 });
      await session.set({ visits: 2 });
      expect(user.lines[0]).toContain('Secure; HttpOnly; SameSite=Lax');
      const again = await user.visit(make({}));
      expect(again.user).toBeUndefined();
      expect(again.data.theme).toBeUndefined();
    } finally {
      for (const name of Object.keys(added)) delete polluted[name];
    }
  });

  it('say at start that the memory store is for development', async () => {
    const evidence = expect.objectContaining({
      store: 'memory of this test',
      finding: 'sessions are kept in memory',
    });
    make({ store: { ...memoryStore(), name: 'memory of this test' } });
    await expect
      .poll(async () => {
        await recorder.flush();
        return events;
      })
      .toContainEqual(expect.objectContaining({ code: 'session/store-not-durable', evidence }));
  });

  it('do not ask a store that does not say what it can lose with each request', async () => {
    let asked = 0;
    const inspect = async (): Promise<never> => {
      asked++;
      throw new Error('ERR unknown command INFO');
    };
    const own = sessions<Data>({ store: { ...store, inspect } });
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    for (let visits = 0; visits < 10; visits++) expect((await user.visit(own)).user).toBe('ann');
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(6);
  });
});
