import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { sessions } from '../../lib/session/index.ts';
import { BrowserJar } from './browser-jar.ts';
import { recordedEvents } from './recorded-events.ts';
import {
  beginVisit,
  interrupted,
  kinds,
  legacyOf,
  loggedIn,
  oldShop,
  type Stores,
  userOf,
  visit,
} from './revocation-shops.ts';
import type { ShopData } from './shop-server.ts';

const events = recordedEvents();

/** What holds for old sessions of a user whose sessions were ended, whatever the stores. */
export function revocationTests(stores: () => Stores): void {
  beforeEach(() => events.since());

  describe.each(Object.entries(kinds))('%s sessions', (_, make) => {
    it('refuse a stolen connect.sid after revokeAll, and remove the cookie', async () => {
      const own = make(stores());
      const old = await oldShop(stores());
      const user = `ann${randomBytes(4).toString('hex')}`;
      const stolen = await loggedIn(old, user);
      const copy = new BrowserJar(stolen);
      await own.revokeAll(user);
      const session = await visit(own, stolen);
      expect(session.user).toBeUndefined();
      expect(stolen.entries()).toEqual([]);
      expect(await events.since()).toMatchObject([
        { code: 'session/old-cookie-rejected', evidence: { kind: 'express-session', reason: 'revoked' } },
      ]);
      // The visitor may log in, and an old version of the application has no such session either.
      await session.logIn(user);
      expect(await userOf(own, stolen)).toBe(user);
      expect(await userOf(own, copy)).toBeUndefined();
      expect(await old.get('/', copy)).toEqual({ user: null });
    });

    it('still migrate other users, and visitors without a user', async () => {
      const own = make(stores());
      const old = await oldShop(stores());
      await own.revokeAll(`eve${randomBytes(4).toString('hex')}`);
      const jar = await loggedIn(old, 'bob');
      expect(await userOf(own, jar)).toBe('bob');
      expect(await userOf(own, jar)).toBe('bob');
      const visitor = new BrowserJar();
      await old.get('/visit', visitor);
      expect((await visit(own, visitor)).data).toEqual({ cart: ['cup'] });
      expect(await events.codes()).toEqual([]);
    });

    it('leave the session of a visitor alone, and do not log them in', async () => {
      const own = make(stores());
      const old = await oldShop(stores());
      const user = `vic${randomBytes(4).toString('hex')}`;
      const jar = await loggedIn(old, user);
      const connect = jar.get('connect.sid') ?? '';
      jar.set('connect.sid', '');
      await (await visit(own, jar)).set({ cart: ['pot'] });
      jar.set('connect.sid', connect);
      await own.revokeAll(user);
      const { user: found, data } = await visit(own, jar);
      expect({ found, data }).toEqual({ found: undefined, data: { cart: ['pot'] } });
    });

    it.each([false, true])(
      'open nothing if revokeAll comes at any step of a migration (visitor: %s)',
      async (visitor) => {
        const bare = make(stores());
        const old = await oldShop(stores());
        let interruptions = 0;
        for (let at = 0; at === interruptions; at++) {
          const user = `race${randomBytes(4).toString('hex')}`;
          const jar = await loggedIn(old, user);
          if (visitor) await beginVisit(bare, jar);
          const second = interrupted(stores(), at, async () => {
            interruptions++;
            await bare.revokeAll(user);
          });
          const own = make(second.stores);
          second.begin();
          await visit(own, jar);
          // It migrates, where there was no such operation.
          expect(await userOf(bare, jar), `operation ${at}`).toBe(at === interruptions ? user : undefined);
        }
        expect(interruptions).toBeGreaterThan(3);
        expect(interruptions).toBeLessThan(20);
      },
    );

    it('open nothing if a migration comes at any step of revokeAll', async () => {
      const bare = make(stores());
      const old = await oldShop(stores());
      let interruptions = 0;
      for (let at = 0; at === interruptions; at++) {
        const user = `race${randomBytes(4).toString('hex')}`;
        const jar = await loggedIn(old, user);
        const second = interrupted(stores(), at, async () => {
          interruptions++;
          await visit(bare, jar);
        });
        const own = make(second.stores);
        second.begin();
        await own.revokeAll(user);
        expect(await userOf(bare, jar), `operation ${at}`).toBeUndefined();
      }
      expect(interruptions).toBeGreaterThan(1);
    });

    it('open nothing where both run at once', async () => {
      const own = make(stores());
      const old = await oldShop(stores());
      const users = Array.from({ length: 30 }, () => `many${randomBytes(4).toString('hex')}`);
      const jars = await Promise.all(users.map((user) => loggedIn(old, user)));
      await Promise.all(
        users.map(async (user, index) => {
          const jar = jars[index] as BrowserJar;
          await Promise.all([visit(own, jar), own.revokeAll(user)]);
          expect(await userOf(own, jar)).toBeUndefined();
        }),
      );
    });
  });

  it('refuses them after revokeOthers, which keeps the own session', async () => {
    const own = sessions<ShopData>({ store: stores().store, legacy: legacyOf(stores()) });
    const old = await oldShop(stores());
    const user = `kim${randomBytes(4).toString('hex')}`;
    const [here, stolen] = [await loggedIn(old, user), await loggedIn(old, user)];
    await own.revokeOthers(await visit(own, here));
    expect(await userOf(own, stolen)).toBeUndefined();
    expect(await userOf(own, here)).toBe(user);
  });
}
