import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browser } from '../../checks/session/browser.ts';
import { withLaterDate } from '../../checks/session/with-later-date.ts';
import { configureEvents } from '../event/index.ts';
import { memoryStore, type Sessions, sessions } from './index.ts';

interface Data {
  cart: string[];
  visits: number;
  theme: string;
}

let own: Sessions<Data>;

beforeAll(() => void configureEvents({ sinks: [] }));
beforeEach(() => {
  own = sessions<Data>({ store: memoryStore() });
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

  it('begin anew where the response with the new cookie was lost', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const cut = browser(user.cookie);
    await (await user.visit(own)).rotate();
    await withLaterDate('', 31_000, async () => {
      await (await cut.visit(own)).set({ theme: 'dark' });
      expect(await cut.visit(own)).toMatchObject({ user: undefined, data: { theme: 'dark' } });
    });
  });

  it('log in twice by one handle, and leave one session', async () => {
    const user = browser();
    const session = await user.visit(own);
    await Promise.all([session.logIn('ann', { visits: 1 }), session.logIn('ann', { theme: 'dark' })]);
    expect((await own.list('ann')).length).toBe(1);
    expect(await user.visit(own)).toMatchObject({ user: 'ann', data: { visits: 1, theme: 'dark' } });
  });

  it('end a session and keep what is said after it apart', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann', { visits: 1 });
    const session = await user.visit(own);
    const changes = [session.set({ visits: 2 }), session.logOut(), session.set({ theme: 'dark' })];
    await Promise.all(changes);
    const after = await user.visit(own);
    expect(after.user).toBeUndefined();
    expect({ ...after.data }).toEqual({ theme: 'dark' });
    expect(await own.list('ann')).toEqual([]);
  });

  it('give up a contended update clearly, with nothing changed', async () => {
    const user = browser();
    const store = memoryStore();
    const contended = sessions<Data>({ store: { ...store, patch: async () => 'conflict' } });
    await (await user.visit(contended)).logIn('ann', { visits: 1 });
    const session = await user.visit(contended);
    await expect(session.update(({ visits = 0 }) => ({ visits: visits + 1 }))).rejects.toMatchObject({
      code: 'session/contention',
      status: 503,
      detail: { retryAfterSeconds: 1 },
    });
    expect((await user.visit(contended)).data.visits).toBe(1);
  });

  it('go on after a change that failed', async () => {
    const session = await browser().visit(own);
    const failing = session.update(() => {
      throw new RangeError('of the application');
    });
    const next = session.set({ visits: 1 });
    await expect(failing).rejects.toThrow(RangeError);
    await next;
    expect(session.data.visits).toBe(1);
    const late = session.update((async () => ({ visits: 2 })) as never);
    await expect(late).rejects.toMatchObject({ code: 'session/invalid-data' });
  });

  it('end no process when a failed change is not awaited', async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listener);
    const session = await browser().visit(own);
    void session.set({ theme: 'x'.repeat(100_000) });
    void session.logIn('');
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  });
});
