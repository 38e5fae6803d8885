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

async function codes(): Promise<string[]> {
  events.length = 0;
  await recorder.flush();
  return events.map(({ code }) => code);
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

  it('stores only a hash of the id, and binds tokens to another one', async () => {
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

  it('makes no session of an id that somebody chose', async () => {
    const victim = browser('__Host-session=AAAAAAAAAAAAAAAAAAAAAA');
    const session = await victim.visit(own);
    expect(session.isNew).toBe(true);
    await session.set({ theme: 'dark' });
    expect(victim.cookie).not.toContain('AAAAAAAAAAAAAAAAAAAAAA');
  });

  it('hands no data of the user before to the next one', async () => {
    const shared = browser();
    await (await shared.visit(own)).logIn('ann', { cart: ['ring'] });
    const session = await shared.visit(own);
    await session.logIn('bob');
    expect({ ...session.data }).toEqual({});
    expect((await own.list('ann')).length).toBe(0);
  });

  it('works twice at once, with the data of the visitor once', async () => {
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

  it('tells the request who the user is', async () => {
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

describe('requests at once', () => {
  it('lose no change of each other', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const open = await Promise.all(['theme', 'visits', 'cart'].map(() => user.visit(own)));
    await Promise.all([
      open[0]?.set({ theme: 'dark' }),
      open[1]?.set({ visits: 3 }),
      open[2]?.set({ cart: ['a'] }),
    ]);
    expect({ ...(await user.visit(own)).data }).toEqual({ theme: 'dark', visits: 3, cart: ['a'] });
  });

  it('count right with update', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const open = await Promise.all(Array.from({ length: 20 }, () => user.visit(own)));
    await Promise.all(open.map((session) => session.update(({ visits = 0 }) => ({ visits: visits + 1 }))));
    expect((await user.visit(own)).data.visits).toBe(20);
  });

  it('delete by update', async () => {
    const user = browser();
    const session = await user.visit(own);
    await session.set({ theme: 'dark', visits: 1 });
    await session.update(() => ({ theme: undefined, visits: 2 }));
    expect({ ...session.data }).toEqual({ visits: 2 });
    expect({ ...(await user.visit(own)).data }).toEqual({ visits: 2 });
    await session.delete('visits');
    expect({ ...(await user.visit(own)).data }).toEqual({});
  });

  it.each(['set', 'delete', 'update', 'rotate'] as const)(
    'revive no session by %s after log-out',
    async (change) => {
      const user = browser();
      await (await user.visit(own)).logIn('ann', { visits: 1 });
      const slow = await user.visit(own);
      const stolen = browser(user.cookie);
      await (await user.visit(own)).logOut();
      const changes = {
        set: () => slow.set({ visits: 2 }),
        delete: () => slow.delete('visits'),
        update: () => slow.update(() => ({ visits: 2 })),
        rotate: () => slow.rotate(),
      };
      await expect(changes[change]()).rejects.toMatchObject({ code: 'session/ended', status: 401 });
      expect(slow).toMatchObject({ user: undefined, isNew: true, binding: undefined });
      expect((await stolen.visit(own)).isNew).toBe(true);
      expect(user.cookie).toBeUndefined();
    },
  );

  it('end the session, though it got a new id meanwhile', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const leaving = await browser(user.cookie).visit(own);
    const late = browser(user.cookie);
    await (await user.visit(own)).rotate();
    await leaving.logOut();
    expect((await user.visit(own)).user).toBeUndefined();
    await (await late.visit(own)).logOut();
    expect(late.cookie).toBeUndefined();
  });

  it('do not replace the new cookie by one of a session without rights', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const late = browser(user.cookie);
    await (await user.visit(own)).rotate();
    const session = await late.visit(own);
    expect(session).toMatchObject({ user: undefined, isNew: true });
    await expect(session.set({ theme: 'dark' })).rejects.toMatchObject({ code: 'session/ended' });
    expect(late.lines).toEqual([]);
    await session.logIn('ann');
    expect((await late.visit(own)).user).toBe('ann');
  });
});

describe('revocation', () => {
  it('ends one, all, and all but this one', async () => {
    const [phone, laptop, other] = [browser(), browser(), browser()];
    phone.userAgent = `Phone/${'x'.repeat(400)}`;
    for (const each of [phone, laptop]) await (await each.visit(own)).logIn('ann');
    await (await other.visit(own)).logIn('bob');
    const device = (await own.list('ann')).find(({ userAgent }) => userAgent?.startsWith('Phone/'));
    expect(device?.userAgent?.length).toBe(256);
    expect(phone.cookie).not.toContain(device?.id);
    expect(await own.revoke(device?.id ?? '', 'bob')).toBe(false);
    expect(await own.revoke(device?.id ?? '', 'ann')).toBe(true);
    expect((await phone.visit(own)).user).toBeUndefined();
    await (await phone.visit(own)).logIn('ann');
    expect(await own.revokeOthers(await laptop.visit(own))).toBe(1);
    expect((await phone.visit(own)).user).toBeUndefined();
    expect((await laptop.visit(own)).user).toBe('ann');
    expect(await own.revokeAll('ann')).toBe(1);
    expect((await laptop.visit(own)).user).toBeUndefined();
    expect((await other.visit(own)).user).toBe('bob');
  });

  it('takes no id of a device for a cookie, and no cookie for the id of a device', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const [device] = await own.list('ann');
    expect((await browser(`__Host-session=${device?.id}`).visit(own)).user).toBeUndefined();
    expect(await own.revoke(user.cookie?.split('=')[1] ?? '')).toBe(false);
    for (const id of ['', '*', '__proto__', "' or 1=1", 'x'.repeat(43_000), 7 as never]) {
      expect(await own.revoke(id)).toBe(false);
    }
    expect((await user.visit(own)).user).toBe('ann');
  });

  it('refuses revokeOthers of a session that has no user', async () => {
    await expect(own.revokeOthers(await browser().visit(own))).rejects.toMatchObject({
      code: 'session/ended',
    });
    await expect(own.revokeOthers({} as never)).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
  });
});

describe('cookies', () => {
  it('ignores several, with an event (cookie tossing)', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const tossed = browser(`${user.cookie}; __Host-session=AAAAAAAAAAAAAAAAAAAAAA`);
    await codes();
    expect((await tossed.visit(own)).user).toBeUndefined();
    expect(await codes()).toEqual(['session/several-cookies']);
    const beside = browser(`a=b; ${user.cookie}; x__Host-session=1; __host-session=2`);
    expect((await beside.visit(own)).user).toBe('ann');
    expect(await codes()).toEqual([]);
  });

  it.each([
    "' or 1=1 --",
    '../../etc/passwd',
    'AAAAAAAAAAAAAAAAAAAAAB',
    'AAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAA\0',
    'AAAAAAAAAAAAAAAAAAAAA=',
    '%00',
    '__proto__',
    'x'.repeat(60_000),
  ])('asks the store nothing of the malformed id %#', async (id) => {
    let asked = 0;
    const spied = { ...store, read: async () => void asked++ } as unknown as SessionStore;
    await codes();
    expect((await browser(`__Host-session=${id}`).visit(sessions({ store: spied }))).isNew).toBe(true);
    expect(asked).toBe(0);
    expect(await codes()).toContain('session/malformed-cookie');
  });

  it('says nothing of an id that has expired', async () => {
    await codes();
    expect((await browser('__Host-session=AAAAAAAAAAAAAAAAAAAAAA').visit(own)).isNew).toBe(true);
    expect((await browser('__Host-session=').visit(own)).isNew).toBe(true);
    expect(await codes()).toEqual([]);
  });

  it('has the attributes that were chosen', async () => {
    const user = browser();
    const strict = make({
      cookie: { name: '__Host-id', sameSite: 'Strict', persistent: true },
      absoluteSeconds: 60,
    });
    await (await user.visit(strict)).set({ theme: 'dark' });
    expect(user.lines[0]).toMatch(
      /^__Host-id=[\w-]{22}; Path=\/; Max-Age=(59|60); Secure; HttpOnly; SameSite=Strict$/,
    );
    const plain = browser();
    await (await plain.visit(make({ cookie: { allowInsecure: true } }))).set({ theme: 'dark' });
    expect(plain.lines[0]).toMatch(/^session=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('is refused clearly once the headers are sent', async () => {
    const user = browser();
    const sent = { headersSent: () => true };
    const late = await user.visit(own, sent);
    await expect(late.set({ theme: 'dark' })).rejects.toMatchObject({ code: 'session/headers-sent' });
    await expect(late.logIn('ann')).rejects.toMatchObject({ code: 'session/headers-sent' });
    await (await user.visit(own)).logIn('ann');
    const streaming = await user.visit(own, sent);
    await streaming.set({ theme: 'dark' });
    await expect(streaming.rotate()).rejects.toMatchObject({ code: 'session/headers-sent' });
    expect(await user.visit(own)).toMatchObject({ user: 'ann', data: { theme: 'dark' } });
    await streaming.logOut();
    expect((await user.visit(own)).user).toBeUndefined();
  });
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
    Object.assign(polluted, {
      allowInsecure: true,
      fail: 'anonymous',
      user: 'root',
      theme: 'evil',
      sameSite: 'Strict',
    });
    try {
      const user = browser();
      const session = await user.visit(make({}));
      expect(session.user).toBeUndefined();
      expect(session.data.theme).toBeUndefined();
      await session.set({ visits: 1 });
      expect(user.lines[0]).toContain('Secure; HttpOnly; SameSite=Lax');
      const again = await user.visit(make({}));
      expect(again.user).toBeUndefined();
      expect(again.data.theme).toBeUndefined();
    } finally {
      for (const name of ['allowInsecure', 'fail', 'user', 'theme', 'sameSite']) delete polluted[name];
    }
  });

  it('says at start that the memory store is for development', async () => {
    await codes();
    make({});
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(await codes()).toEqual(['session/store-not-durable']);
  });
});
