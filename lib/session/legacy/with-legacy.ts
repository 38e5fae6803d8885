import { record } from '../../event/record.ts';
import { isRefusal } from '../../refusal/is-refusal.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type AnyRequest, headerOf } from '../../request/any-request.ts';
import type { CookieSink } from '../session.ts';
import type { LegacySession, LegacySessions, MigratingSession } from './legacy-session.ts';

type Load<Data extends object> = (
  request: AnyRequest,
  cookies: CookieSink,
) => MigratingSession<Data> | Promise<MigratingSession<Data>>;

/**
 * Loads sessions as `load` does, and migrates an old one where a request has no new one.
 *
 * The new session is made first, then the old one is used up, then the browser gets the new cookie: what fails in between leaves the old
 * one as it was, and a new one whose id no one knows.
 *
 * @throws Misuse `bulwark/invalid-option` if the old and the new cookie have the same name
 */
export function withLegacy<Data extends object>(
  load: Load<Data>,
  legacy: LegacySessions<Data>,
  { cookieName, fail }: { readonly cookieName: string; readonly fail: 'closed' | 'anonymous' },
): (...of: Parameters<Load<Data>>) => Promise<MigratingSession<Data>> {
  if (typeof Object(legacy).cookiesToClear !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'legacy is what legacySessions of bulwark/session/legacy returns.',
    );
  }
  if (legacy.cookieNames.includes(cookieName)) {
    throw new Misuse(
      'bulwark/invalid-option',
      `The old and the new cookie are both called ${cookieName}. Give the new one another name with cookie.name.`,
    );
  }
  return async (request, cookies) => {
    const clearing = legacy.cookiesToClear(request);
    if (clearing.length === 0 || dropsCookies(request)) return load(request, cookies);
    const held = new HeldCookies(cookies);
    const session = await load(request, held);
    held.release();
    // Without headers there is no way to give the browser a new session.
    if (cookies.headersSent?.()) return session;
    const outcome = session.user === undefined ? await migrate(session, legacy, request, held, fail) : 'done';
    if (outcome === 'done') for (const line of clearing) cookies.appendCookie(line);
    return session;
  };
}

/**
 * Whether the browser would drop the new cookie: a frame, an image or a script's request of another site. An old cookie with
 * `SameSite=None` comes with them, and a page of another site must not use it up. `SameSite=Lax` cookies are taken only from a document
 * that the user has opened (RFC 6265bis, 5.7).
 */
function dropsCookies(request: AnyRequest): boolean {
  if (headerOf(request, 'sec-fetch-site') !== 'cross-site') return false;
  const isNavigation = headerOf(request, 'sec-fetch-mode') === 'navigate';
  return !isNavigation || (headerOf(request, 'sec-fetch-dest') ?? 'document') !== 'document';
}

async function migrate<Data extends object>(
  session: MigratingSession<Data>,
  legacy: LegacySessions<Data>,
  request: AnyRequest,
  held: HeldCookies,
  fail: 'closed' | 'anonymous',
): Promise<'done' | 'later'> {
  try {
    const old = await legacy.read(request);
    if (old === 'spent') {
      if (session.isNew) session.endHere();
      return replayed(legacy);
    }
    if (old === undefined || (old.user === undefined && Object.keys(old.data).length === 0)) return 'done';
    // A visitor's new session takes an old log-in over, but is not replaced by what an old visitor had.
    if (!session.isNew && old.user === undefined) return 'done';
    const outcome = await (session.isNew
      ? beginThenClaim(session, old, held)
      : claimThenLogIn(session, old, held));
    if (outcome === 'spent') return replayed(legacy);
    if (outcome === 'revoked')
      record('session/old-cookie-rejected', 'blocked', { kind: legacy.kind, reason: 'revoked' });
    return 'done';
  } catch (error) {
    if (fail === 'anonymous' && isRefusal(error, 'session/store-unavailable')) return 'later';
    throw error;
  } finally {
    held.drop();
  }
}

function replayed({ kind }: { readonly kind: string }): 'done' {
  record('session/old-cookie-replayed', 'blocked', { kind });
  return 'done';
}

/**
 * A session that may turn out to be nobody's ends no other one of the user: whoever repeated a used cookie could end them all. The next
 * log-in ends those that are too many.
 */
const anyNumber = 1_000_000;

/** `spent`: another request has it. `revoked`: the user's sessions were ended. */
type Outcome = 'migrated' | 'spent' | 'revoked';

/** Uses it up. To be asked once its new session is there: whoever ends all sessions of the user finds that, or is noticed here. */
async function take({ isRevoked, claim }: LegacySession<object>): Promise<Outcome> {
  const revoked = await isRevoked();
  const claimed = await claim();
  if (revoked) return 'revoked';
  return claimed ? 'migrated' : 'spent';
}

/** Makes the new session and uses up the old one. If that fails, the new one ends, whose cookie was never sent. */
async function beginThenClaim<Data extends object>(
  session: MigratingSession<Data>,
  old: LegacySession<Data>,
  held: HeldCookies,
): Promise<Outcome> {
  // Whoever repeats the cookies of a revoked user makes no session of theirs, not even for a moment.
  if (await old.isRevoked()) return await take(old);
  const { user, data } = old;
  held.hold();
  await (user === undefined ? session.set(data) : session.logIn(user, data, anyNumber));
  let outcome: Outcome | undefined;
  try {
    outcome = await take(old);
    return outcome;
  } finally {
    if (outcome === 'migrated') held.release();
    else await endUnknown(session);
  }
}

/** Ends the new session, whose cookie was never sent. */
async function endUnknown<Data extends object>(session: MigratingSession<Data>): Promise<void> {
  await session.logOut().catch(() => undefined);
  session.endHere();
}

/** For a visitor, whose new session must not end because an old cookie came twice. */
async function claimThenLogIn<Data extends object>(
  session: MigratingSession<Data>,
  old: LegacySession<Data>,
  held: HeldCookies,
): Promise<Outcome> {
  const { user, data, isRevoked } = old;
  const taken = await take(old);
  if (user === undefined || taken !== 'migrated') return taken;
  held.hold();
  await session.logIn(user, data);
  let revoked = true;
  try {
    // Again, because a `revokeAll` before the log-in did not find this session.
    revoked = await isRevoked();
  } finally {
    if (revoked) {
      held.hold();
      await endUnknown(session);
    }
    held.release();
  }
  return revoked ? 'revoked' : 'migrated';
}

/** Holds the lines of a session that may not come to be. */
class HeldCookies implements CookieSink {
  readonly #cookies: CookieSink;
  #held: string[] | undefined = [];

  constructor(cookies: CookieSink) {
    this.#cookies = cookies;
  }

  appendCookie(line: string): void {
    if (this.#held) this.#held.push(line);
    else this.#cookies.appendCookie(line);
  }

  headersSent(): boolean {
    return this.#cookies.headersSent?.() ?? false;
  }

  hold(): void {
    this.#held = [];
  }

  release(): void {
    const lines = this.#held ?? [];
    this.#held = undefined;
    for (const line of lines) this.#cookies.appendCookie(line);
  }

  drop(): void {
    this.#held = undefined;
  }
}
