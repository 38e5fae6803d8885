import { randomBytes } from 'node:crypto';
import type expressSession from 'express-session';
import { onTestFinished } from 'vitest';
import { keyring } from '../../lib/secrets/keyring.ts';
import { type Session, type SessionLoader, type SessionStore, sessions } from '../../lib/session/index.ts';
import { legacySessions, type OldStore, type SpentSeals } from '../../lib/session/legacy/index.ts';
import type { EpochStore } from '../../lib/session/sealed/epoch-store.ts';
import { sealedSessions } from '../../lib/session/sealed/index.ts';
import { BrowserJar } from './browser-jar.ts';
import { expressSessionShop } from './old-shops.ts';
import { type RunningShop, type ShopData, startShop } from './shop-server.ts';

const secret = 'Yk3wq8Zr1uVx5tBn7mLp2sDf4gHj6aQe';
const keys = keyring(randomBytes(32));

/** All stores of one server, for sessions of express-session and for new ones. */
export interface Stores {
  readonly theirs: expressSession.Store;
  readonly old: OldStore;
  readonly spent: SpentSeals;
  readonly store: SessionStore;
  readonly epochs: EpochStore;
}

export type Revocable = SessionLoader<ShopData> & { revokeAll(user: string): Promise<unknown> };

export function legacyOf({ old, spent }: Stores): ReturnType<typeof legacySessions<ShopData>> {
  return legacySessions<ShopData>({
    ...{ kind: 'express-session', secrets: secret, until: '2999-01-01', store: old, spent },
    map: ({ userId }) => (typeof userId === 'string' ? { user: userId } : { data: { cart: ['cup'] } }),
  });
}

export const kinds: Record<string, (stores: Stores) => Revocable> = {
  'server-side': (stores) => sessions<ShopData>({ store: stores.store, legacy: legacyOf(stores) }),
  sealed: (stores) =>
    sealedSessions<ShopData>({ keys, epochs: stores.epochs, legacy: legacyOf(stores), fail: 'closed' }),
};

export async function oldShop({ theirs }: Stores): Promise<RunningShop> {
  const shop = await startShop(expressSessionShop(secret, theirs));
  onTestFinished(() => shop.stop());
  return shop;
}

export async function loggedIn(shop: RunningShop, user: string): Promise<BrowserJar> {
  const jar = new BrowserJar();
  await shop.get(`/log-in?${user}`, jar);
  return jar;
}

export const visit = (own: SessionLoader<ShopData>, jar: BrowserJar): Promise<Session<ShopData>> =>
  own.load(jar.request(), { appendCookie: (line) => jar.take(line) });

export const userOf = async (own: SessionLoader<ShopData>, jar: BrowserJar): Promise<string | undefined> =>
  (await visit(own, jar)).user;

/** The same object, but each call of a method waits for `before`. */
function pausing<T extends object>(object: T, before: () => Promise<void>): T {
  return new Proxy(object, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        await before();
        return await value.apply(target, given);
      };
    },
  });
}

/** Stores of a second process, which does `work` once, before its operation `at`. */
export function interrupted(
  stores: Stores,
  at: number,
  work: () => Promise<unknown>,
): { stores: Stores; begin(): void } {
  let operation = Number.NEGATIVE_INFINITY;
  const before = async (): Promise<void> => {
    if (operation++ === at) await work();
  };
  const { old, spent, store, epochs } = stores;
  return {
    stores: {
      ...{ theirs: stores.theirs, old: pausing(old, before), spent: pausing(spent, before) },
      ...{ store: pausing(store, before), epochs: pausing(epochs, before) },
    },
    begin: () => {
      operation = 0;
    },
  };
}

/** Begins a new session of a visitor, in a browser that has an old cookie as well. */
export async function beginVisit(own: SessionLoader<ShopData>, jar: BrowserJar): Promise<void> {
  const connect = jar.get('connect.sid') ?? '';
  jar.set('connect.sid', '');
  await (await visit(own, jar)).set({ cart: ['pot'] });
  jar.set('connect.sid', connect);
}
