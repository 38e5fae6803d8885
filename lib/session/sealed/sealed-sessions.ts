import { knownOptions } from '../../internal/known-options.ts';
import { PerRequest } from '../../internal/per-request.ts';
import { isPromise } from '../../internal/when-known.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { AnyRequest } from '../../request/any-request.ts';
import { setUser } from '../../request/context.ts';
import { isKeyring, type Keyring } from '../../secrets/keyring.ts';
import type { LegacySessions } from '../legacy/legacy-session.ts';
import { checkRevocable, revokeWithLegacy } from '../legacy/revoke-with-legacy.ts';
import { withLegacy } from '../legacy/with-legacy.ts';
import type { CookieSink, Session } from '../session.ts';
import type { SessionCookieOptions } from '../session-cookie.ts';
import { checkUser } from '../session-data.ts';
import type { SessionLoader } from '../sessions.ts';
import { StoreCalls } from '../store-calls.ts';
import type { EpochStore } from './epoch-store.ts';
import { openSession } from './open-session.ts';
import { sealedCookies } from './sealed-cookies.ts';
import type { SealedContext, SealedSession } from './sealed-session.ts';

export interface SealedSessionsOptions<Data extends object> {
  /** The keys that seal: the current one, and previous ones until their sessions have expired. */
  readonly keys: Keyring;
  /** How long a session lasts without a request. 30 minutes by default. */
  readonly idleSeconds?: number;
  /** How long a session lasts at most, from log-in. 1 hour by default, since a stolen cookie can't be revoked. */
  readonly absoluteSeconds?: number;
  readonly cookie?: SessionCookieOptions;
  /** What happens when the epoch store can't be reached: `closed`, the default, answers 503; `anonymous` continues without a session. */
  readonly fail?: 'closed' | 'anonymous';
  /** How long the epoch store may take. 2,000 by default. */
  readonly timeoutMs?: number;
  /** Sessions of a previous library, migrated at their first request. See `bulwark/session/legacy`. */
  readonly legacy?: LegacySessions<Data>;
}

/** Sealed sessions without a store: nothing can end one before it expires. */
export type SealedSessions<Data extends object> = SessionLoader<Data>;

/** Sealed sessions with an epoch for each user. */
export interface RevocableSealedSessions<Data extends object> extends SealedSessions<Data> {
  /** Ends all sessions of a user, for instance after a password reset. */
  revokeAll(user: string): Promise<void>;
}

const names = [
  'keys',
  'idleSeconds',
  'absoluteSeconds',
  'cookie',
  'epochs',
  'fail',
  'timeoutMs',
  'legacy',
] as const;

/** A session that lasts a month needs a server that can end it. */
const longestSeconds = 30 * 86_400;
const mostPending = 1_000;

/**
 * Sessions that the browser keeps, encrypted and authenticated (AES-256-GCM), in one cookie of at most 4,096 bytes. No server stores them, so:
 *
 * - **Log-out ends only this browser's copy.** A stolen copy works until it expires, unless `epochs` are given
 *   and `revokeAll` is called.
 * - **Of two concurrent changes the last one wins**, even if they change different keys.
 *
 * A cookie that was changed, copied from another name, made for another purpose, or has expired is no session, and an event.
 *
 * @throws Misuse `bulwark/invalid-option`, `session/not-for-production`
 *
 * @example
 * ```ts
 * import { sealedSessions } from 'bulwark/session/sealed';
 * import { keyring } from 'bulwark/secrets';
 *
 * const sessions = sealedSessions<{ theme: 'dark' | 'light' }>({ keys: keyring(process.env['SESSION_KEY'] ?? '') });
 * sessions.cookieName; // '__Host-session'
 * ```
 */
export function sealedSessions<Data extends object>(
  options: SealedSessionsOptions<Data> & { readonly epochs: EpochStore },
): RevocableSealedSessions<Data>;
export function sealedSessions<Data extends object>(
  options: SealedSessionsOptions<Data> & { readonly epochs?: undefined },
): SealedSessions<Data>;
export function sealedSessions<Data extends object>(
  options: SealedSessionsOptions<Data> & { readonly epochs?: EpochStore | undefined },
): SealedSessions<Data> | RevocableSealedSessions<Data> {
  const own = knownOptions(options, names);
  if (!isKeyring(own.keys)) {
    throw new Misuse('bulwark/invalid-option', 'keys is a keyring of bulwark/secrets.');
  }
  const fail = own.fail ?? 'closed';
  if (fail !== 'closed' && fail !== 'anonymous') {
    throw new Misuse('bulwark/invalid-option', "fail is 'closed' or 'anonymous'.");
  }
  const absoluteSeconds = seconds('absoluteSeconds', own.absoluteSeconds, 3_600, longestSeconds);
  const lifetime = {
    absoluteSeconds,
    idleSeconds: seconds('idleSeconds', own.idleSeconds, Math.min(1_800, absoluteSeconds), absoluteSeconds),
  };
  const timeoutMs = seconds('timeoutMs', own.timeoutMs, 2_000, 60_000);
  const { epochs } = own;
  if (epochs !== undefined && typeof Object(epochs).begin !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'epochs is a store such as redisEpochs(client).');
  }
  const cookies = sealedCookies(own.keys, own.cookie);
  const calls = new StoreCalls({ store: epochs?.name ?? '', timeoutMs, maxPending: mostPending });
  const context: SealedContext = { cookies, lifetime, epochs: epochs && { store: epochs, calls } };
  const open = (request: AnyRequest, sink: CookieSink): SealedSession<Data> | Promise<SealedSession<Data>> =>
    openSession<Data>(context, fail, request, sink);
  const load = own.legacy ? withLegacy(open, own.legacy, { cookieName: cookies.name, fail }) : open;
  if (epochs !== undefined) checkRevocable(own.legacy);
  const loaded = new PerRequest<Session<Data>>();
  const loading = new PerRequest<Promise<Session<Data>>>();

  function begin(request: AnyRequest, sink: CookieSink): Promise<Session<Data>> {
    const opened = load(request, sink);
    if (!isPromise(opened)) return Promise.resolve(keep(request, opened));
    const session = opened.then((handle) => keep(request, handle));
    // Another try may succeed.
    session.catch(() => loading.delete(request));
    return session;
  }

  function keep(request: AnyRequest, handle: Session<Data>): Session<Data> {
    loaded.set(request, handle);
    if (handle.user !== undefined) setUser(handle.user);
    return handle;
  }

  const sessions: SealedSessions<Data> = {
    cookieName: cookies.name,
    load(request, sink) {
      const known = loading.get(request);
      if (known) return known;
      const session = begin(request, sink);
      loading.set(request, session);
      return session;
    },
    of(request) {
      const session = loaded.get(request);
      if (!session) throw new Misuse('session/not-loaded');
      return session;
    },
  };
  if (epochs === undefined) return Object.freeze(sessions);
  return Object.freeze({
    ...sessions,
    async revokeAll(user: string) {
      checkUser(user);
      await revokeWithLegacy(own.legacy, user, () => calls.run('revokeAll', () => epochs.remove(user)));
    },
  });
}

function seconds(name: string, value: number | undefined, byDefault: number, most: number): number {
  if (value === undefined) return byDefault;
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Misuse('bulwark/invalid-option', `${name} is a whole number from 1 to ${most}.`);
}
