import { record } from '../event/record.ts';
import { isProduction } from '../internal/is-production.ts';
import { PerRequest } from '../internal/per-request.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type AnyRequest, headerOf } from '../request/any-request.ts';
import { setUser } from '../request/context.ts';
import { cookieValues } from '../request/cookies.ts';
import { checkRevocable, revokeWithLegacy } from './legacy/revoke-with-legacy.ts';
import { withLegacy } from './legacy/with-legacy.ts';
import { type Found, ServerSession, type SessionContext } from './server-session.ts';
import type { CookieSink, Session } from './session.ts';
import { sessionCookie } from './session-cookie.ts';
import { checkUser } from './session-data.ts';
import { isSessionId, isStoreKey, storeKeyOf } from './session-id.ts';
import { readSessionOptions, type SessionOptions } from './session-options.ts';
import type { SessionDevice, Sessions } from './sessions.ts';
import { StoreCalls } from './store-calls.ts';
import { StoreInspection } from './store-inspection.ts';

/**
 * Server-side sessions. The browser gets a random id of 128 bits; the store keeps its SHA-256 and everything else. A session is
 * valid only while its record is in the store, so what is revoked is over with the next request.
 *
 * Guarantees: the id is new at `logIn` and `rotate`, and the old one ends in the same step (session fixation, CWE-384). A value that
 * the browser chose never becomes an id. Concurrent requests lose no change of each other, and none revives a session that ended
 * (CWE-613). A session ends after 30 minutes without a request, and 8 hours after log-in: the upper ends of what the OWASP Session
 * Management Cheat Sheet names for ordinary applications. NIST SP 800-63B-4 allows an hour and 24 hours at AAL2. No operation waits
 * longer than `timeoutMs` for the store.
 *
 * @throws Misuse `bulwark/invalid-option`, `session/not-for-production`
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { memoryStore, sessions } from 'bulwark/session';
 *
 * const own = sessions<{ cartId: string }>({ store: memoryStore() });
 *
 * createServer(async (req, res) => {
 *   const session = await own.load(req, {
 *     appendCookie: (line) => res.appendHeader('Set-Cookie', line),
 *     headersSent: () => res.headersSent,
 *   });
 *   await session.set({ cartId: '8f14e45f' }); // saved, once this has resolved
 *   res.end(session.user ?? 'nobody');
 * });
 * ```
 */
export function sessions<Data extends object>(options: SessionOptions<Data>): Sessions<Data> {
  const { store, fail, timeoutMs, maxPending, legacy, ...own } = readSessionOptions(options);
  if (store.developmentOnly && !own.allowMemoryInProduction && isProduction()) {
    throw new Misuse('session/not-for-production', `The store is ${store.name}.`);
  }
  const calls = new StoreCalls({ store: store.name, timeoutMs, maxPending });
  const context: SessionContext = { ...own, store, calls, cookie: sessionCookie(own.cookie) };
  const inspection = new StoreInspection(store, calls);
  inspection.begin();
  const loaded = new PerRequest<Promise<Session<Data>>>();
  const known = new PerRequest<ServerSession<Data>>();

  async function load(request: AnyRequest, cookies: CookieSink): Promise<ServerSession<Data>> {
    const values = cookieValues(request, context.cookie.name);
    const found = await find(context, values, fail);
    if (found.state === 'live') inspection.begin();
    const userAgent = headerOf(request, 'user-agent');
    const hadCookie = values.length > 0;
    const session = new ServerSession<Data>(context, { cookies, userAgent, hadCookie }, found);
    known.set(request, session);
    if (session.user !== undefined) setUser(session.user);
    return session;
  }

  const loadOrMigrate = legacy
    ? withLegacy<Data>(load, legacy, { cookieName: context.cookie.name, fail })
    : load;
  checkRevocable(legacy);

  return Object.freeze<Sessions<Data>>({
    cookieName: context.cookie.name,
    load(request, cookies) {
      const before = loaded.get(request);
      if (before) return before;
      const loading = loadOrMigrate(request, cookies);
      loaded.set(request, loading);
      // Another try may succeed.
      loading.catch(() => loaded.delete(request));
      return loading;
    },
    of(request) {
      const session = known.get(request);
      if (!session) throw new Misuse('session/not-loaded');
      return session;
    },
    async revoke(id, user) {
      if (user !== undefined) checkUser(user);
      if (!isStoreKey(id)) return false;
      return await calls.run('revoke', () => store.remove(id, user));
    },
    async revokeAll(user) {
      checkUser(user);
      return await revokeWithLegacy(legacy, user, () => calls.run('revokeAll', () => store.removeAll(user)));
    },
    async revokeOthers(session: Session<Data>) {
      if (!(session instanceof ServerSession)) {
        throw new Misuse('bulwark/invalid-option', 'revokeOthers takes a session of `load`.');
      }
      const { user, key } = session;
      if (user === undefined || key === undefined)
        refuse(deny('session/ended', { operation: 'revokeOthers' }));
      return await revokeWithLegacy(legacy, user, () =>
        calls.run('revokeOthers', () => store.removeAll(user, key)),
      );
    },
    async list(user, session) {
      checkUser(user);
      const own = session instanceof ServerSession ? session.key : undefined;
      const devices = await calls.run('list', () => store.list(user, context.maxPerUser));
      return devices.map(
        ({ key, createdAt, seenAt, userAgent, address }): SessionDevice => ({
          id: key,
          createdAt: new Date(createdAt),
          lastSeenAt: new Date(seenAt),
          userAgent,
          address,
          current: key === own,
        }),
      );
    },
  });
}

async function find(
  context: SessionContext,
  values: readonly string[],
  fail: 'closed' | 'anonymous',
): Promise<Found> {
  const [id] = values;
  if (id === undefined || id === '') return { state: 'none' };
  if (values.length > 1) {
    record('session/several-cookies', 'blocked', { count: values.length });
    return { state: 'none' };
  }
  if (!isSessionId(id)) {
    record('session/malformed-cookie', 'blocked', { length: id.length });
    return { state: 'none' };
  }
  const { calls, store, lifetime, cookie } = context;
  const key = storeKeyOf(id, cookie.name);
  const read = () => store.read(key, lifetime);
  const answer =
    fail === 'closed' ? { value: await calls.run('read', read) } : await calls.orAnonymous('read', read);
  if (!answer) return { state: 'unavailable' };
  if (answer.value === undefined) return { state: 'none' };
  return answer.value === 'replaced'
    ? { state: 'replaced', key }
    : { state: 'live', id, key, stored: answer.value };
}
