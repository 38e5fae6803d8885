import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { former, kinds, newKinds, oldKinds } from '../../../checks/cookies/migrations.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { newShop, type RunningShop, type ShopData, startShop } from '../../../checks/cookies/shop-server.ts';
import type { LegacySessionsOptions, SpentSeals } from './index.ts';

const events = recordedEvents();
const running: RunningShop[] = [];
async function start(listener: Parameters<typeof startShop>[0]): Promise<RunningShop> {
  const shop = await startShop(listener);
  running.push(shop);
  return shop;
}
beforeEach(() => events.since());
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const shop of running.splice(0)) await shop.stop();
});

const ann = { user: 'ann', data: { cart: ['tea'] } };
const nobody = { user: null, data: {} };

for (const oldKind of oldKinds) {
  describe.each(kinds)(`from ${oldKind.kind} to %s sessions`, (newKind) => {
    let old: RunningShop;
    let shop: RunningShop;
    let options: LegacySessionsOptions<ShopData>;
    beforeEach(async () => {
      const started = oldKind.start();
      options = started.options;
      old = await start(started.listener);
      shop = await start(newShop(newKinds[newKind](options)));
    });

    async function loggedIn(): Promise<BrowserJar> {
      const jar = new BrowserJar();
      await old.get('/log-in?ann', jar);
      expect(await old.get('/', jar)).toEqual({ user: 'ann' });
      expect(jar.entries().map(([name]) => name)).toEqual(oldKind.cookies);
      return jar;
    }

    it('keeps the user logged in, and removes the old cookies', async () => {
      const jar = await loggedIn();
      const { body, setCookies } = await shop.fetch('/', jar);
      expect(body).toEqual(ann);
      expect(setCookies).toHaveLength(1 + oldKind.cookies.length);
      expect(jar.entries().map(([name]) => name)).toEqual(['__Host-session']);
      expect(await shop.get('/add?cup', jar)).toEqual({ user: 'ann', data: { cart: ['tea', 'cup'] } });
      expect(await shop.get('/', jar)).toEqual({ user: 'ann', data: { cart: ['tea', 'cup'] } });
      expect(await events.codes()).toEqual([]);
    });

    it('opens nothing when the old cookie comes again, before and after log-out', async () => {
      const jar = await loggedIn();
      const copy = new BrowserJar(jar);
      const later = new BrowserJar(jar);
      expect(await shop.get('/', jar)).toEqual(ann);
      expect(await shop.get('/', copy)).toEqual(nobody);
      expect(await shop.get('/', jar)).toEqual(ann);
      expect(await shop.get('/log-out', jar)).toEqual(nobody);
      expect(await shop.get('/', later)).toEqual(nobody);
      expect(later.entries()).toEqual([]);
      expect(new Set(await events.codes())).toEqual(new Set(['session/old-cookie-replayed']));
    });

    it('gives one of many parallel first requests the session, and the others none', async () => {
      const jar = await loggedIn();
      const copies = Array.from({ length: 20 }, () => new BrowserJar(jar));
      const bodies = await Promise.all(copies.map((copy) => shop.get('/', copy)));
      expect(bodies.filter((body) => JSON.stringify(body) === JSON.stringify(ann))).toHaveLength(1);
      expect(bodies.filter((body) => JSON.stringify(body) === JSON.stringify(nobody))).toHaveLength(19);
      const withSession = copies.filter((copy) => copy.get('__Host-session') !== undefined);
      expect(withSession).toHaveLength(1);
    });

    it('lets no parallel request replace the cookie of the one that migrated', async () => {
      const jar = await loggedIn();
      // One browser: all requests carry the old cookie, and all answers come to the same jar.
      const same = new BrowserJar(jar);
      const copies = Array.from({ length: 20 }, () => new BrowserJar(jar));
      const answers = await Promise.all(copies.map((copy) => shop.fetch('/add?cup', copy)));
      for (const { setCookies } of answers) for (const line of setCookies) same.take(line);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ body }) => JSON.stringify(body) === '{"error":"session/ended"}')).toHaveLength(
        19,
      );
      expect(await shop.get('/', same)).toEqual({ user: 'ann', data: { cart: ['tea', 'cup'] } });
      // Whoever logs in with such a request is logged in.
      expect(await shop.get('/log-in?bob', new BrowserJar(jar))).toEqual({ user: 'bob', data: {} });
    });

    it('serves a user who has a new session beside an old cookie', async () => {
      const jar = await loggedIn();
      const other = new BrowserJar();
      await old.get('/log-in?bob', other);
      await shop.get('/', other);
      for (const [name, value] of jar.entries()) other.set(name, value);
      expect(await shop.get('/', other)).toEqual({ user: 'bob', data: { cart: ['tea'] } });
      expect(other.entries().map(([name]) => name)).toEqual(['__Host-session']);
    });

    it('logs a visitor in who has a new session beside an old cookie, once', async () => {
      const jar = await loggedIn();
      const copy = new BrowserJar(jar);
      for (const each of [jar, copy]) {
        const visitor = new BrowserJar();
        await shop.get('/add?cup', visitor);
        each.set('__Host-session', visitor.get('__Host-session') ?? '');
      }
      expect(await shop.get('/', jar)).toEqual(ann);
      expect(await shop.get('/', copy)).toEqual({ user: null, data: { cart: ['cup'] } });
      expect(await shop.get('/', copy)).toEqual({ user: null, data: { cart: ['cup'] } });
      expect(copy.entries()).toHaveLength(1);
    });

    it('refuses every cookie with a changed character', async () => {
      const jar = await loggedIn();
      const name = oldKind.cookies.at(-1) as string;
      const value = jar.get(name) ?? '';
      const step = Math.max(1, Math.floor(value.length / 40));
      for (let at = 0; at < value.length; at += step) {
        const changed = new BrowserJar(jar);
        changed.set(name, `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`);
        expect(await shop.get('/', changed), `${at} of ${value}`).toEqual(nobody);
        expect(changed.get(name)).toBeUndefined();
      }
      expect(new Set(await events.codes())).toEqual(new Set(['session/old-cookie-rejected']));
      expect(await shop.get('/', jar)).toEqual(ann);
    });

    it('refuses a cookie that was signed with another secret', async () => {
      const foreign = await start(newShop(newKinds[newKind]({ ...options, secrets: [former] })));
      const jar = await loggedIn();
      expect(await foreign.get('/', jar)).toEqual(nobody);
      expect(await events.since()).toMatchObject([
        {
          code: 'session/old-cookie-rejected',
          evidence: { kind: oldKind.kind, reason: 'not-authentic' },
        },
      ]);
    });

    it.each([
      '',
      'x',
      's:',
      's:a.b',
      '%',
      '%E0%A4%A',
      'Fe26.2*1*****~2',
      'e30=',
      'A'.repeat(20_000),
      '__proto__',
    ])('refuses %s', async (value) => {
      const jar = new BrowserJar();
      for (const name of oldKind.cookies) jar.set(name, value);
      expect(await shop.get('/', jar)).toEqual(nobody);
      expect(jar.entries()).toEqual([]);
    });

    it('ignores and removes old cookies after `until`', async () => {
      const late = await start(newShop(newKinds[newKind]({ ...options, until: '2026-11-30' })));
      const jar = await loggedIn();
      const copy = new BrowserJar(jar);
      expect(await late.get('/', jar)).toEqual(nobody);
      expect(jar.entries()).toEqual([]);
      expect(await events.codes()).toEqual([]);
      expect(await shop.get('/', copy)).toEqual(ann);
    });

    it('loses nothing when map or the new session fails', async () => {
      const failing = await start(
        newShop(
          newKinds[newKind]({
            ...options,
            map: () => {
              throw new Error('a bug');
            },
          }),
        ),
      );
      const large = await start(
        newShop(
          newKinds[newKind]({
            ...options,
            map: () => ({ user: 'ann', data: { cart: ['x'.repeat(70_000)] } }),
          }),
        ),
      );
      const jar = await loggedIn();
      expect(await failing.fetch('/', jar)).toMatchObject({ status: 500, setCookies: [] });
      expect(await large.fetch('/', jar)).toMatchObject({ status: 413, setCookies: [] });
      expect(await shop.get('/', jar)).toEqual(ann);
    });

    it('leaves an old session alone that map does not want', async () => {
      const choosy = await start(newShop(newKinds[newKind]({ ...options, map: () => undefined })));
      const jar = await loggedIn();
      expect(await choosy.get('/', jar)).toEqual(nobody);
      expect(jar.entries()).toEqual([]);
    });

    describe('when the memory of used cookies', () => {
      const hangs = (): Promise<never> => new Promise(() => undefined);
      const fails = (): Promise<never> => Promise.reject(new Error('ECONNREFUSED'));
      const has = async (): Promise<boolean> => false;
      const spents: Record<string, SpentSeals> = {
        hangs: { name: 'hanging', claim: hangs, has: hangs },
        fails: { name: 'failing', claim: fails, has: fails },
        'hangs later': { name: 'hanging', claim: hangs, has },
        'fails later': { name: 'failing', claim: fails, has },
      };

      it.each(Object.keys(spents))('%s: answers 503, and loses nothing', async (name) => {
        const without = { ...options, spent: spents[name], timeoutMs: 50 } as LegacySessionsOptions<ShopData>;
        const down = await start(newShop(newKinds[newKind](without)));
        const jar = await loggedIn();
        expect(await down.fetch('/', jar)).toEqual({
          status: 503,
          body: { error: 'session/store-unavailable' },
          setCookies: [],
        });
        expect(await shop.get('/', jar)).toEqual(ann);
      });

      it.each(Object.keys(spents))('%s: goes on without a session where told to', async (name) => {
        const without = { ...options, spent: spents[name], timeoutMs: 50 } as LegacySessionsOptions<ShopData>;
        const down = await start(newShop(newKinds[newKind](without, 'anonymous')));
        const jar = await loggedIn();
        expect(await down.fetch('/', jar)).toEqual({ status: 200, body: nobody, setCookies: [] });
        expect(await shop.get('/', jar)).toEqual(ann);
      });
    });
  });
}
