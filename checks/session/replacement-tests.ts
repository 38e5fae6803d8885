import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SessionStore } from '../../lib/session/index.ts';
import { create, lifetime, newKey, of, patchOf, uniqueUser, visitor } from './store-under-test.ts';

const begin = { begin: true, maxBytes: 1000, maxPerUser: 100 };
const again = { ...begin, begin: false };

/** What a store promises of records that get a new key, and of a user's list. */
export function replacementTests(
  store: () => SessionStore,
  later: (key: string, ms: number, work: () => Promise<void>) => Promise<void>,
): void {
  const read = (key: string) => store().read(key, lifetime);

  describe('new keys', () => {
    it('moves a session in one step', async () => {
      const user = uniqueUser();
      const [from, to] = [await create(store(), of(user, { a: '1' })), newKey()];
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
      const [from, to] = [await create(store(), { ...visitor, data: { cart: '1', a: '1' } }), newKey()];
      await wait(5);
      const moved = await store().replace(from, to, of(user, { a: '2' }), begin, lifetime);
      expect(moved).toMatchObject({ user, data: { cart: '1', a: '2' } });
      expect(await read(to)).toMatchObject({ user, data: { cart: '1', a: '2' } });
      expect(await store().removeAll(user)).toBe(1);
    });

    it('hands no data of one user to another one', async () => {
      const [ann, bob] = [uniqueUser(), uniqueUser()];
      const [from, to] = [await create(store(), of(ann, { secret: '1' })), newKey()];
      const moved = await store().replace(from, to, of(bob, { own: '2' }), begin, lifetime);
      expect((moved as { data: object }).data).toEqual({ own: '2' });
      expect(await read(to)).toMatchObject({ user: bob, data: { own: '2' } });
      expect(await store().patch(to, patchOf({ a: '1' }, { maxBytes: 8 }))).toBe('changed');
      expect(await store().list(ann, 10)).toEqual([]);
      expect((await store().list(bob, 10)).length).toBe(1);
    });

    it('lets one of two at once through', async () => {
      const user = uniqueUser();
      const from = await create(store(), of(user));
      const keys = [newKey(), newKey()];
      const outcomes = await Promise.all(
        keys.map((to) => store().replace(from, to, of(user), again, lifetime)),
      );
      expect(outcomes.filter((outcome) => outcome === 'gone').length).toBe(1);
      expect((await store().list(user, 10)).length).toBe(1);
    });

    it('ends what took the place of a session', async () => {
      const user = uniqueUser();
      const [first, second, third] = [await create(store(), of(user)), newKey(), newKey()];
      await store().replace(first, second, visitor, again, lifetime);
      await store().replace(second, third, visitor, again, lifetime);
      expect(await store().remove(first, 'somebody else')).toBe(false);
      expect(await store().remove(first, user)).toBe(true);
      expect(await read(third)).toBeUndefined();
    });

    it('spares what took the place of the session that is to stay', async () => {
      const user = uniqueUser();
      const [first, other] = [await create(store(), of(user)), await create(store(), of(user))];
      const [second, third] = [newKey(), newKey()];
      await store().replace(first, second, visitor, again, lifetime);
      await store().replace(second, third, visitor, again, lifetime);
      expect(await store().removeAll(user, first)).toBe(1);
      expect(await read(other)).toBeUndefined();
      expect(await read(third)).toMatchObject({ user });
      // It stays for its own user only, and not once another session has taken its place by a log-in of somebody else.
      const somebody = uniqueUser();
      const next = newKey();
      await store().replace(third, next, of(somebody), begin, lifetime);
      expect(await store().removeAll(user, third)).toBe(0);
      expect(await store().removeAll(somebody)).toBe(1);
    });

    it('spares the session that is replaced at the same moment', async () => {
      for (let round = 0; round < 60; round++) {
        const user = uniqueUser();
        const [own, other] = [await create(store(), of(user)), await create(store(), of(user))];
        const to = newKey();
        const [moved, ended] = await Promise.all([
          store().replace(own, to, visitor, again, lifetime),
          store().removeAll(user, own),
        ]);
        expect(moved).toMatchObject({ user });
        expect(ended).toBe(1);
        expect(await read(other)).toBeUndefined();
        expect((await store().list(user, 10)).map(({ key }) => key)).toEqual([to]);
      }
    });

    it('is told from no session while requests with the old key may be under way', async () => {
      const user = uniqueUser();
      const [from, to] = [await create(store(), of(user), { ...lifetime, idleMs: 600_000 }), newKey()];
      await store().replace(from, to, visitor, again, lifetime);
      await later(from, 25_000, async () => expect(await read(from)).toBe('replaced'));
      await later(from, 31_000, async () => expect(await read(from)).toBeUndefined());
      await later(from, 290_000, async () => expect(await store().remove(from, user)).toBe(true));
      expect(await read(to)).toBeUndefined();
    });

    it('changes nothing if the data would be too large', async () => {
      const from = await create(store(), { ...visitor, data: { a: '"1234567890"' } });
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
        const keys = await Promise.all([1, 2, 3, 4].map(() => create(store(), of(user))));
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
      const first = await create(store(), { ...of(user), userAgent: 'Browser', address: '192.0.2.1' }, times);
      await wait(10);
      const second = await create(store(), of(user), times);
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
        keys.push(await create(store(), of(user), lifetime, 3));
        await wait(5);
      }
      expect((await store().list(user, 10)).map(({ key }) => key)).toEqual([keys[3], keys[2], keys[1]]);
      const from = await create(store());
      await wait(5);
      const to = newKey();
      await store().replace(from, to, of(user), { ...begin, maxPerUser: 3 }, lifetime);
      expect((await store().list(user, 10)).map(({ key }) => key)).toEqual([to, keys[3], keys[2]]);
    });
  });
}
