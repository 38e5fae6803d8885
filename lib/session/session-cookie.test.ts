import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browser } from '../../checks/session/browser.ts';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { memoryStore, type SessionOptions, type SessionStore, type Sessions, sessions } from './index.ts';

interface Data {
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

function make(options: Partial<SessionOptions>): Sessions<Data> {
  return sessions<Data>({ store, ...options });
}

/** Of the events since the last call. */
async function codes(): Promise<string[]> {
  await recorder.flush();
  return events.splice(0).map(({ code }) => code);
}

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

  it('writes no event for an id that has expired', async () => {
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
