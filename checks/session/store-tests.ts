import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SessionStore } from '../../lib/session/index.ts';
import { replacementTests } from './replacement-tests.ts';
import { create, lifetime, newKey, of, patchOf, uniqueUser, visitor } from './store-under-test.ts';

const begin = { begin: true, maxBytes: 1000, maxPerUser: 100 };
const again = { ...begin, begin: false };

/**
 * What each store promises, against a real one.
 *
 * @param later runs `work` when the key was replaced this long ago
 */
export function storeTests(
  store: () => SessionStore,
  later: (key: string, ms: number, work: () => Promise<void>) => Promise<void>,
): void {
  const read = (key: string) => store().read(key, lifetime);

  replacementTests(store, later);

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
      const key = await create(store(), of('first'));
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
        '\u00fc\u{1f600}',
        '__proto__',
      ];
      const data = { texts: JSON.stringify(texts) };
      const key = await create(store(), { ...visitor, data });
      expect(await read(key)).toMatchObject({ data });
      expect(await store().patch(key, patchOf({ more: data.texts }))).toBe('changed');
      expect(await read(key)).toMatchObject({ data: { ...data, more: data.texts } });
    });

    it('keeps any user apart from any other one', async () => {
      const names = ["o'hara", 'a:b', '*', '\u00fc', 'U', 'u', ' u'].map((name) => `${name}${newKey()}`);
      const keys = await Promise.all(names.map((name) => create(store(), of(name))));
      for (const [at, name] of names.entries()) {
        expect((await store().list(name, 10)).map((device) => device.key)).toEqual([keys[at]]);
      }
    });
  });

  describe('changes', () => {
    it('sets and deletes keys, and leaves the others', async () => {
      const key = await create(store(), { ...visitor, data: { a: '1', b: '2' } });
      expect(await store().patch(key, patchOf({ c: '3' }, { delete: ['a'] }))).toBe('changed');
      expect(await read(key)).toMatchObject({ data: { b: '2', c: '3' }, version: 1 });
      expect(Object.keys(((await read(key)) as { data: object }).data).sort()).toEqual(['b', 'c']);
    });

    it('loses no key of 50 changes at once', async () => {
      const key = await create(store());
      const names = Array.from({ length: 50 }, (_, at) => `k${at}`);
      const outcomes = await Promise.all(names.map((name) => store().patch(key, patchOf({ [name]: '1' }))));
      expect(new Set(outcomes)).toEqual(new Set(['changed']));
      expect(Object.keys(((await read(key)) as { data: object }).data).sort()).toEqual(names.sort());
    });

    it('lets one of two changes of the same version through', async () => {
      const key = await create(store(), { ...visitor, data: { n: '0' } });
      const outcomes = await Promise.all(
        ['1', '2'].map((n) => store().patch(key, patchOf({ n }, { ifVersion: 0 }))),
      );
      expect(outcomes.sort()).toEqual(['changed', 'conflict']);
      expect(await read(key)).toMatchObject({ version: 1 });
    });

    it('counts a change that a client sends twice once', async () => {
      const key = await create(store());
      const patch = patchOf({ n: '1' }, { ifVersion: 0 });
      expect(await store().patch(key, patch)).toBe('changed');
      expect(await store().patch(key, patch)).toBe('changed');
      expect(await read(key)).toMatchObject({ version: 1 });
    });

    it('bounds the whole data, and lets it shrink', async () => {
      const key = await create(store());
      const big = JSON.stringify('x'.repeat(90));
      expect(await store().patch(key, patchOf({ a: big }, { maxBytes: 100 }))).toBe('changed');
      expect(await store().patch(key, patchOf({ b: big }, { maxBytes: 100 }))).toBe('too-large');
      expect(await store().patch(key, patchOf({ a: big }, { maxBytes: 100 }))).toBe('changed');
      expect(await store().patch(key, patchOf({ a: '"y"' }, { maxBytes: 10 }))).toBe('changed');
      expect(await store().patch(key, patchOf({ b: '1' }, { delete: ['a'], maxBytes: 10 }))).toBe('changed');
      expect(await read(key)).toMatchObject({ data: { b: '1' } });
    });

    it('deletes a key once, however often it is named, and not if it is set as well', async () => {
      const key = await create(store(), { ...visitor, data: { a: '"1234567890"', b: '1', c: '1' } });
      expect(await store().patch(key, patchOf({ c: '2' }, { delete: ['a', 'a', 'a', 'c'] }))).toBe('changed');
      expect(await read(key)).toMatchObject({ data: { b: '1', c: '2' } });
      const big = JSON.stringify('x'.repeat(20));
      expect(await store().patch(key, patchOf({ d: big }, { maxBytes: 20 }))).toBe('too-large');
    });

    it('counts bytes of UTF-8', async () => {
      const key = await create(store());
      expect(await store().patch(key, patchOf({ a: '"\u00fc"' }, { maxBytes: 4 }))).toBe('too-large');
      expect(await store().patch(key, patchOf({ a: '"\u00fc"' }, { maxBytes: 5 }))).toBe('changed');
    });
  });

  describe('ends', () => {
    it('revives no record that was removed', async () => {
      const key = await create(store(), of('u'));
      expect(await store().remove(key)).toBe(true);
      expect(await store().remove(key)).toBe(false);
      expect(await store().patch(key, patchOf({ a: '1' }))).toBe('gone');
      expect(await store().replace(key, newKey(), of('u'), again, lifetime)).toBe('gone');
      expect(await read(key)).toBeUndefined();
    });

    it('ends a session of the user that is named, and of no other one', async () => {
      const [key, anonymous] = [await create(store(), of('ann')), await create(store())];
      expect(await store().remove(key, 'bob')).toBe(false);
      expect(await store().remove(anonymous, 'bob')).toBe(false);
      expect(await read(key)).toBeDefined();
      expect(await store().remove(key, 'ann')).toBe(true);
      expect(await read(key)).toBeUndefined();
    });

    it('ends all of a user but one', async () => {
      const [ann, bob] = [uniqueUser(), uniqueUser()];
      const keys = await Promise.all([1, 2, 3].map(() => create(store(), of(ann))));
      const other = await create(store(), of(bob));
      expect(await store().removeAll(ann, keys[1])).toBe(2);
      expect(await Promise.all(keys.map(read))).toEqual([undefined, expect.anything(), undefined]);
      expect(await store().removeAll(ann)).toBe(1);
      expect(await store().removeAll(ann)).toBe(0);
      expect(await read(other)).toBeDefined();
    });

    it('expires without requests, and is in no list then', async () => {
      const user = uniqueUser();
      const key = await create(store(), of(user), { idleMs: 20, absoluteMs: 600_000, touchMs: 1 });
      await wait(60);
      expect(await store().list(user, 10)).toEqual([]);
      expect(await read(key)).toBeUndefined();
      expect(await store().patch(key, patchOf({ a: '1' }))).toBe('gone');
      expect(await store().replace(key, newKey(), of(user), begin, lifetime)).toBe('gone');
    });

    it('expires absolutely, whatever is read, changed or replaced', async () => {
      const times = { idleMs: 60_000, absoluteMs: 300, touchMs: 1 };
      const user = uniqueUser();
      let key = await create(store(), of(user), times);
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
      const key = await create(store());
      await wait(20);
      expect(await store().read(key, { ...lifetime, absoluteMs: 10 })).toBeUndefined();
    });

    it('moves the idle expiry by a read', async () => {
      const key = await create(store(), visitor, { idleMs: 500, absoluteMs: 600_000, touchMs: 10 });
      await wait(20);
      expect(await store().read(key, { idleMs: 60_000, absoluteMs: 600_000, touchMs: 10 })).toBeDefined();
      await wait(600);
      expect(await read(key)).toBeDefined();
    });
  });
}
