import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { NewSession, SessionLifetime, SessionPatch, SessionStore } from '../../lib/session/index.ts';

const lifetime: SessionLifetime = { idleMs: 60_000, absoluteMs: 600_000, touchMs: 30_000 };
const visitor: NewSession = { user: undefined, data: {}, userAgent: undefined, address: undefined };
const begin = { begin: true, maxBytes: 1000, maxPerUser: 100 };
const again = { ...begin, begin: false };

export function newKey(): string {
  return randomBytes(32).toString('base64url');
}

function patchOf(set: Record<string, string>, more: Partial<SessionPatch> = {}): SessionPatch {
  return { set, delete: [], maxBytes: 1000, token: newKey(), ...more };
}

function of(user: string, data: Record<string, string> = {}): NewSession {
  return { ...visitor, user, data };
}

/** What each store promises, against a real one. */
export function storeTests(
  store: () => SessionStore,
  /** Runs `work` when the key was replaced this long ago. */
  later: (key: string, ms: number, work: () => Promise<void>) => Promise<void>,
): void {
  const read = (key: string) => store().read(key, lifetime);
  const create = async (
    session: NewSession = visitor,
    times = lifetime,
    maxPerUser = 100,
  ): Promise<string> => {
    const key = newKey();
    await store().create(key, session, times, maxPerUser);
    return key;
  };
  const uniqueUser = (): string => `user ${newKey()}`;

  describe('records', () => {
    it('reads what was created', async () => {
      const user = uniqueUser();
      const data = { cart: '["a",1]', 'a.b:c-d_e': '"x"' };
      const before = Date.now();
      const key = newKey();
      const createdAt = await store().create(key, of(user, data), lifetime, 100);
      expect(Math.abs(createdAt - before)).toBeLessThan(60_000);
      const found = await read(key);
      expect(found).toMatchObject({ user, data, version: 0 });
      expect(typeof found === 'object' && Math.abs(found.createdAt - createdAt)).toBeLessThan(2);
    });

    it('knows no key that was never created', async () => {
      expect(await read(newKey())).toBeUndefined();
      expect(await store().patch(newKey(), patchOf({ a: '1' }))).toBe('gone');
      expect(await store().replace(newKey(), newKey(), of('u'), begin, lifetime)).toBe('gone');
      expect(await store().remove(newKey())).toBe(false);
    });

    it('refuses a key that exists, and keeps its record', async () => {
      const key = await create(of('first'));
      await expect(store().create(key, of('second'), lifetime, 100)).rejects.toThrow();
      expect(await read(key)).toMatchObject({ user: 'first' });
    });

    it('keeps NUL, lone surrogates, quotes and any other text in values', async () => {
      const texts = [
        '\0',
        '\ud800',
        `'; drop table x; --`,
        '$1 $a %s \\',
        '\u2028',
        'ü\u{1f600}',
        '__proto__',
      ];
      const data = { texts: JSON.stringify(texts) };
      const key = await create({ ...visitor, data });
      expect(await read(key)).toMatchObject({ data });
      expect(await store().patch(key, patchOf({ more: data.texts }))).toBe('changed');
      expect(await read(key)).toMatchObject({ data: { ...data, more: data.texts } });
    });

    it('keeps any user apart from any other one', async () => {
      const names = ["o'hara", 'a:b', '*', 'ü', 'U', 'u', ' u'].map((name) => `${name}${newKey()}`);
      const keys = await Promise.all(names.map((name) => create(of(name))));
      for (const [at, name] of names.entries()) {
        expect((await store().list(name, 10)).map((device) => device.key)).toEqual([keys[at]]);
      }
    });
  });

  describe('changes', () => {
    it('sets and deletes keys, and leaves the others', async () => {
      const key = await create({ ...visitor, data: { a: '1', b: '2' } });
      expect(await store().patch(key, patchOf({ c: '3' }, { delete: ['a'] }))).toBe('changed');
      expect(await read(key)).toMatchObject({ data: { b: '2', c: '3' }, version: 1 });
      expect(Object.keys(((await read(key)) as { data: object }).data).sort()).toEqual(['b', 'c']);
    });

    it('loses no key of 50 changes at once', async () => {
      const key = await create();
      const names = Array.from({ length: 50 }, (_, at) => `k${at}`);
      const outcomes = await Promise.all(names.map((name) => store().patch(key, patchOf({ [name]: '1' }))));
      expect(new Set(outcomes)).toEqual(new Set(['changed']));
      expect(Object.keys(((await read(key)) as { data: object }).data).sort()).toEqual(names.sort());
    });

    it('lets one of two changes of the same version through', async () => {
      const key = await create({ ...visitor, data: { n: '0' } });
      const outcomes = await Promise.all(
        ['1', '2'].map((n) => store().patch(key, patchOf({ n }, { ifVersion: 0 }))),
      );
      expect(outcomes.sort()).toEqual(['changed', 'conflict']);
      expect(await read(key)).toMatchObject({ version: 1 });
    });

    it('counts a change that a client sends twice once', async () => {
      const key = await create();
      const patch = patchOf({ n: '1' }, { ifVersion: 0 });
      expect(await store().patch(key, patch)).toBe('changed');
      expect(await store().patch(key, patch)).toBe('changed');
      expect(await read(key)).toMatchObject({ version: 1 });
    });

    it('bounds the whole data, and lets it shrink', async () => {
      const key = await create();
      const big = JSON.stringify('x'.repeat(90));
      expect(await store().patch(key, patchOf({ a: big }, { maxBytes: 100 }))).toBe('changed');
      expect(await store().patch(key, patchOf({ b: big }, { maxBytes: 100 }))).toBe('too-large');
      expect(await store().patch(key, patchOf({ a: big }, { maxBytes: 100 }))).toBe('changed');
      expect(await store().patch(key, patchOf({ a: '"y"' }, { maxBytes: 10 }))).toBe('changed');
      expect(await store().patch(key, patchOf({ b: '1' }, { delete: ['a'], maxBytes: 10 }))).toBe('changed');
      expect(await read(key)).toMatchObject({ data: { b: '1' } });
    });

    it('deletes a key once, however often it is named, and not if it is set as well', async () => {
      const key = await create({ ...visitor, data: { a: '"1234567890"', b: '1', c: '1' } });
      expect(await store().patch(key, patchOf({ c: '2' }, { delete: ['a', 'a', 'a', 'c'] }))).toBe('changed');
      expect(await read(key)).toMatchObject({ data: { b: '1', c: '2' } });
      const big = JSON.stringify('x'.repeat(20));
      expect(await store().patch(key, patchOf({ d: big }, { maxBytes: 20 }))).toBe('too-large');
    });

    it('counts bytes of UTF-8', async () => {
      const key = await create();
      expect(await store().patch(key, patchOf({ a: '"ü"' }, { maxBytes: 4 }))).toBe('too-large');
      expect(await store().patch(key, patchOf({ a: '"ü"' }, { maxBytes: 5 }))).toBe('changed');
    });
  });

  describe('ends', () => {
    it('revives no record that was removed', async () => {
      const key = await create(of('u'));
      expect(await store().remove(key)).toBe(true);
      expect(await store().remove(key)).toBe(false);
      expect(await store().patch(key, patchOf({ a: '1' }))).toBe('gone');
      expect(await store().replace(key, newKey(), of('u'), again, lifetime)).toBe('gone');
      expect(await read(key)).toBeUndefined();
    });

    it('ends a session of the user that is named, and of no other one', async () => {
      const [key, anonymous] = [await create(of('ann')), await create()];
      expect(await store().remove(key, 'bob')).toBe(false);
      expect(await store().remove(anonymous, 'bob')).toBe(false);
      expect(await read(key)).toBeDefined();
      expect(await store().remove(key, 'ann')).toBe(true);
      expect(await read(key)).toBeUndefined();
    });

    it('ends all of a user but one', async () => {
      const [ann, bob] = [uniqueUser(), uniqueUser()];
      const keys = await Promise.all([1, 2, 3].map(() => create(of(ann))));
      const other = await create(of(bob));
      expect(await store().removeAll(ann, keys[1])).toBe(2);
      expect(await Promise.all(keys.map(read))).toEqual([undefined, expect.anything(), undefined]);
      expect(await store().removeAll(ann)).toBe(1);
      expect(await store().removeAll(ann)).toBe(0);
      expect(await read(other)).toBeDefined();
    });

    it('expires without requests, and is in no list then', async () => {
      const user = uniqueUser();
      const key = await create(of(user), { idleMs: 20, absoluteMs: 600_000, touchMs: 1 });
      await wait(60);
      expect(await store().list(user, 10)).toEqual([]);
      expect(await read(key)).toBeUndefined();
      expect(await store().patch(key, patchOf({ a: '1' }))).toBe('gone');
      expect(await store().replace(key, newKey(), of(user), begin, lifetime)).toBe('gone');
    });

    it('expires absolutely, whatever is read, changed or replaced', async () => {
      const times = { idleMs: 60_000, absoluteMs: 300, touchMs: 1 };
      const user = uniqueUser();
      let key = await create(of(user), times);
      const end = Date.now() + 400;
      while (Date.now() < end) {
        await store().read(key, times);
        await store().patch(key, patchOf({ a: '1' }));
        const next = newKey();
        if (typeof (await store().replace(key, next, of(user), again, times)) === 'object') key = next;
        await wait(5);
      }
      expect(await store().read(key, times)).toBeUndefined();
    });

    it('applies a shorter lifetime to sessions that there are', async () => {
      const key = await create();
      await wait(20);
      expect(await store().read(key, { ...lifetime, absoluteMs: 10 })).toBeUndefined();
    });

    it('moves the idle expiry by a read', async () => {
      const key = await create(visitor, { idleMs: 500, absoluteMs: 600_000, touchMs: 10 });
      await wait(20);
      expect(await store().read(key, { idleMs: 60_000, absoluteMs: 600_000, touchMs: 10 })).toBeDefined();
      await wait(600);
      expect(await read(key)).toBeDefined();
    });
  });

  describe('new keys', () => {
    it('moves a session in one step', async () => {
      const user = uniqueUser();
      const [from, to] = [await create(of(user, { a: '1' })), newKey()];
      const before = await read(from);
      const moved = await store().replace(from, to, { ...visitor, userAgent: 'B' }, again, lifetime);
      expect(moved).toMatchObject({
        user,
        data: { a: '1' },
        createdAt: (before as { createdAt: number }).createdAt,
      });
      expect(await read(to)).toEqual(moved);
      expect(await read(from)).toBe('replaced');
      expect(await store().patch(from, patchOf({ a: '2' }))).toBe('gone');
      expect((await store().list(user, 10)).map(({ key, userAgent }) => [key, userAgent])).toEqual([
        [to, 'B'],
      ]);
    });

    it('gives a visitor a user, and keeps the data', async () => {
      const user = uniqueUser();
      const [from, to] = [await create({ ...visitor, data: { cart: '1', a: '1' } }), newKey()];
      await wait(5);
      const moved = await store().replace(from, to, of(user, { a: '2' }), begin, lifetime);
      expect(moved).toMatchObject({ user, data: { cart: '1', a: '2' } });
      expect(await read(to)).toMatchObject({ user, data: { cart: '1', a: '2' } });
      expect(await store().removeAll(user)).toBe(1);
    });

    it('hands no data of one user to another one', async () => {
      const [ann, bob] = [uniqueUser(), uniqueUser()];
      const [from, to] = [await create(of(ann, { secret: '1' })), newKey()];
      const moved = await store().replace(from, to, of(bob, { own: '2' }), begin, lifetime);
      expect((moved as { data: object }).data).toEqual({ own: '2' });
      expect(await read(to)).toMatchObject({ user: bob, data: { own: '2' } });
      expect(await store().patch(to, patchOf({ a: '1' }, { maxBytes: 8 }))).toBe('changed');
      expect(await store().list(ann, 10)).toEqual([]);
      expect((await store().list(bob, 10)).length).toBe(1);
    });

    it('lets one of two at once through', async () => {
      const user = uniqueUser();
      const from = await create(of(user));
      const keys = [newKey(), newKey()];
      const outcomes = await Promise.all(
        keys.map((to) => store().replace(from, to, of(user), again, lifetime)),
      );
      expect(outcomes.filter((outcome) => outcome === 'gone').length).toBe(1);
      expect((await store().list(user, 10)).length).toBe(1);
    });

    it('ends what took the place of a session', async () => {
      const user = uniqueUser();
      const [first, second, third] = [await create(of(user)), newKey(), newKey()];
      await store().replace(first, second, visitor, again, lifetime);
      await store().replace(second, third, visitor, again, lifetime);
      expect(await store().remove(first, 'somebody else')).toBe(false);
      expect(await store().remove(first, user)).toBe(true);
      expect(await read(third)).toBeUndefined();
    });

    it('is told from no session while requests with the old key may be under way', async () => {
      const user = uniqueUser();
      const [from, to] = [await create(of(user), { ...lifetime, idleMs: 600_000 }), newKey()];
      await store().replace(from, to, visitor, again, lifetime);
      await later(from, 25_000, async () => expect(await read(from)).toBe('replaced'));
      await later(from, 31_000, async () => expect(await read(from)).toBeUndefined());
      await later(from, 290_000, async () => expect(await store().remove(from, user)).toBe(true));
      expect(await read(to)).toBeUndefined();
    });

    it('changes nothing if the data would be too large', async () => {
      const from = await create({ ...visitor, data: { a: '"1234567890"' } });
      const to = newKey();
      const small = { ...begin, maxBytes: 20 };
      expect(await store().replace(from, to, of('u', { b: '"1234567890"' }), small, lifetime)).toBe(
        'too-large',
      );
      expect(await read(from)).toMatchObject({ user: undefined, version: 0 });
      expect(await read(to)).toBeUndefined();
      expect(await store().replace(from, to, of('u', { a: '"1234567891"' }), small, lifetime)).toBeTypeOf(
        'object',
      );
    });

    it('misses no session that is replaced while all of its user end', async () => {
      for (let round = 0; round < 20; round++) {
        const user = uniqueUser();
        const keys = await Promise.all([1, 2, 3, 4].map(() => create(of(user))));
        const moves = keys.map((from) => store().replace(from, newKey(), of(user), again, lifetime));
        const [, ...moved] = await Promise.all([store().removeAll(user), ...moves]);
        expect(moved.length).toBe(4);
        expect(await store().list(user, 10)).toEqual([]);
      }
    });
  });

  describe('lists', () => {
    it('tells the last seen first', async () => {
      const user = uniqueUser();
      const times = { ...lifetime, touchMs: 1 };
      const first = await create({ ...of(user), userAgent: 'Browser', address: '192.0.2.1' }, times);
      await wait(10);
      const second = await create(of(user), times);
      await wait(10);
      await store().read(first, times);
      const devices = await store().list(user, 10);
      expect(devices.map(({ key }) => key)).toEqual([first, second]);
      expect(devices[0]).toMatchObject({ userAgent: 'Browser', address: '192.0.2.1' });
      expect(devices[0]?.seenAt).toBeGreaterThan(devices[0]?.createdAt ?? Number.POSITIVE_INFINITY);
      expect(devices[1]).toMatchObject({ userAgent: undefined, address: undefined });
      expect((await store().list(user, 1)).length).toBe(1);
    });

    it('ends the longest unseen session of a user who has too many', async () => {
      const user = uniqueUser();
      const keys: string[] = [];
      for (let at = 0; at < 4; at++) {
        keys.push(await create(of(user), lifetime, 3));
        await wait(5);
      }
      expect((await store().list(user, 10)).map(({ key }) => key)).toEqual([keys[3], keys[2], keys[1]]);
      const from = await create();
      await wait(5);
      const to = newKey();
      await store().replace(from, to, of(user), { ...begin, maxPerUser: 3 }, lifetime);
      expect((await store().list(user, 10)).map(({ key }) => key)).toEqual([to, keys[3], keys[2]]);
    });
  });
}
