import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import expressSession from 'express-session';
import { keyring } from '../../lib/secrets/keyring.ts';
import { memoryStore, sessions } from '../../lib/session/index.ts';
import {
  expressStore,
  type LegacySessionsOptions,
  legacySessions,
  memorySpentSeals,
  type OldData,
} from '../../lib/session/legacy/index.ts';
import { sealedSessions } from '../../lib/session/sealed/index.ts';
import type { SessionLoader } from '../../lib/session/sessions.ts';
import { cookieSessionShop, expressSessionShop, ironSessionShop } from './old-shops.ts';
import type { ShopData } from './shop-server.ts';

const keys = keyring(randomBytes(32));
const secret = 'Yk3wq8Zr1uVx5tBn7mLp2sDf4gHj6aQe';
export const former = 'former-P0oI9uY8tR7eW6qA5sD4fG3hJ2';
const until = '2999-01-01';

const map = (old: OldData): { user?: string; data: Partial<ShopData> } => ({
  ...(typeof old['userId'] === 'string' && { user: old['userId'] }),
  data: Array.isArray(old['cart']) ? { cart: old['cart'].map(String) } : {},
});

type NewSessions = (
  options: LegacySessionsOptions<ShopData>,
  fail?: 'closed' | 'anonymous',
) => SessionLoader<ShopData>;

/** Both kinds of new sessions must take old ones in the same way. */
export const newKinds: Record<'sealed' | 'server-side', NewSessions> = {
  sealed: (options, fail = 'closed') =>
    sealedSessions<ShopData>({ keys, legacy: legacySessions(options), fail }),
  'server-side': (options, fail = 'closed') =>
    sessions<ShopData>({ store: memoryStore(), legacy: legacySessions(options), fail }),
};
type NewKind = keyof typeof newKinds;
export const kinds: readonly NewKind[] = Object.keys(newKinds) as NewKind[];

interface OldKind {
  readonly kind: 'express-session' | 'cookie-session' | 'iron-session';
  readonly cookies: readonly string[];
  /** An application of the former library, and the options for its sessions. */
  start(): { listener: RequestListener; options: LegacySessionsOptions<ShopData> };
}

export const oldKinds: readonly OldKind[] = [
  {
    kind: 'express-session',
    cookies: ['connect.sid'],
    start() {
      const store = new expressSession.MemoryStore();
      return {
        listener: expressSessionShop([secret], store),
        options: {
          ...{ kind: 'express-session', secrets: [former, secret], until, map },
          ...{ store: expressStore(store), spent: memorySpentSeals() },
        },
      };
    },
  },
  {
    kind: 'cookie-session',
    cookies: ['session', 'session.sig'],
    start: () => ({
      listener: cookieSessionShop([secret]),
      options: { kind: 'cookie-session', secrets: [former, secret], until, map, spent: memorySpentSeals() },
    }),
  },
  {
    kind: 'iron-session',
    cookies: ['iron'],
    start: () => ({
      listener: ironSessionShop({ 7: secret }),
      options: {
        ...{ kind: 'iron-session', secrets: [former, secret], until, map },
        ...{ cookieName: 'iron', spent: memorySpentSeals() },
      },
    }),
  },
];
