import { createHash } from 'node:crypto';
import { record } from '../../event/record.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { AnyRequest } from '../../request/any-request.ts';
import { cookieValues } from '../../request/cookies.ts';
import { StoreCalls } from '../store-calls.ts';
import {
  type LegacyPlan,
  type LegacySessionsOptions,
  type Migrated,
  type OldData,
  readLegacyOptions,
} from './legacy-options.ts';
import type { LegacySession, LegacySessions } from './legacy-session.ts';
import {
  isFault,
  type OldCookie,
  type OldCookieFault,
  type OldSealedCookie,
  type OldSessionId,
} from './old-cookie.ts';
import { cleaned } from './parse-content.ts';
import { readIronSeal } from './read-iron-seal.ts';
import { readSessionId } from './read-session-id.ts';
import { readSignedJson } from './read-signed-json.ts';

const mostPending = 1_000;
/** What the clocks of servers may differ by. */
const skewMs = 60_000;

/**
 * Sessions of express-session, cookie-session or iron-session 8, for the option `legacy` of `sessions` and `sealedSessions`. Users stay
 * logged in: at the first request with an old cookie its session is read, mapped and used up, a session with a new id begins, and the old
 * cookie is removed.
 *
 * An old session is used once. Of two requests that come at the same moment with the same old cookie, one migrates it, and the other
 * has no session. After `revokeAll(user)` none of the user's old sessions is migrated.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { legacySessions, redisSpentSeals } from 'bulwark/session/legacy';
 * import { createClient } from 'redis';
 *
 * const legacy = legacySessions<{ cart: string[] }>({
 *   kind: 'cookie-session',
 *   secrets: [process.env['COOKIE_KEY'] ?? ''],
 *   spent: redisSpentSeals(createClient()),
 *   until: '2027-03-01',
 *   map: (old) => (typeof old.userId === 'string' ? { user: old.userId } : undefined),
 * });
 * ```
 */
export function legacySessions<Data extends object>(
  options: LegacySessionsOptions<Data>,
): LegacySessions<Data> {
  const plan = readLegacyOptions(options);
  const { kind, cookieName } = plan;
  const cookieNames = kind === 'cookie-session' ? [cookieName, `${cookieName}.sig`] : [cookieName];
  const old = new StoreCalls({
    store: plan.store?.name ?? '',
    timeoutMs: plan.timeoutMs,
    maxPending: mostPending,
  });
  const spent = new StoreCalls({
    store: plan.spent?.name ?? '',
    timeoutMs: plan.timeoutMs,
    maxPending: mostPending,
  });

  async function contentOf(cookie: OldSealedCookie | OldSessionId): Promise<OldData | undefined> {
    const { store } = plan;
    if (!('id' in cookie)) return ownOf(cookie.content);
    const found = cleaned(await old.run('read', async () => store?.read(cookie.id)));
    return found && recordContent(ownOf(found));
  }

  /** Whether this cookie was not remembered as used before. */
  async function remember({ hash, expiresAt }: OldCookie): Promise<boolean> {
    const until = Math.min(expiresAt ?? plan.until, plan.until) + skewMs;
    const memory = plan.spent;
    return memory === undefined || (await spent.run('claim', () => memory.claim(hash, until)));
  }

  async function claim(cookie: OldSealedCookie | OldSessionId): Promise<boolean> {
    if (!(await remember(cookie))) return false;
    const { store } = plan;
    return !store || !('id' in cookie) || (await old.run('remove', () => store.remove(cookie.id)));
  }

  async function isRevoked(user: string | undefined): Promise<boolean> {
    const memory = plan.spent;
    if (memory === undefined || user === undefined) return false;
    return await spent.run('isRevoked', () => memory.has(noteOf(user, plan)));
  }

  async function revoke(user: string): Promise<void> {
    const until = plan.until + skewMs;
    // From now on nothing is migrated.
    if (Date.now() < until)
      await spent.run('revokeAll', async () => plan.spent?.claim(noteOf(user, plan), until));
  }

  return Object.freeze({
    kind,
    cookieNames,
    revoke: plan.spent && revoke,
    cookiesToClear: (request: AnyRequest) =>
      cookieNames
        .filter((name) => cookieValues(request, name).length > 0)
        .map((name) => clearing(name, plan)),
    async read(request: AnyRequest): Promise<LegacySession<Data> | 'spent' | undefined> {
      const now = Date.now();
      const cookie = now < plan.until ? cookieOf(request, plan, now) : undefined;
      if (cookie === undefined) return undefined;
      if (isFault(cookie)) {
        record('session/old-cookie-rejected', 'blocked', { kind, reason: cookie });
        return undefined;
      }
      const content = await contentOf(cookie);
      // A record that is gone has expired, or has been migrated a moment ago.
      if (content === undefined) return plan.spent && !(await remember(cookie)) ? 'spent' : undefined;
      const mapped = await plan.map(content);
      if (mapped === undefined || mapped === null) return undefined;
      if (typeof mapped !== 'object') {
        throw new Misuse(
          'bulwark/invalid-option',
          'map of legacySessions returns { user, data } or undefined.',
        );
      }
      const { user, data = {} }: Migrated<Data> = ownOf(mapped);
      return { user, data, claim: () => claim(cookie), isRevoked: () => isRevoked(user) };
    },
  });
}

function cookieOf(
  request: AnyRequest,
  { kind, cookieName, secrets }: Pick<LegacyPlan<object>, 'kind' | 'cookieName' | 'secrets'>,
  now: number,
): OldSealedCookie | OldSessionId | OldCookieFault | undefined {
  const [value, ...others] = cookieValues(request, cookieName);
  if (others.length > 0) record('session/several-cookies', 'blocked', { name: cookieName });
  if (value === undefined || value === '' || others.length > 0) return undefined;
  if (kind === 'express-session') return readSessionId(value, secrets);
  if (kind === 'iron-session') return readIronSeal(value, secrets, now);
  const signatures = cookieValues(request, `${cookieName}.sig`);
  return readSignedJson(cookieName, value, signatures.length === 1 ? signatures[0] : undefined, secrets);
}

/** What stands for a revoked user among the hashes of used cookies. Two applications may share the store. */
function noteOf(user: string, { kind, cookieName }: Pick<LegacyPlan<object>, 'kind' | 'cookieName'>): string {
  return createHash('sha256').update(`revoked\0${kind}\0${cookieName}\0${user}`).digest('base64url');
}

/** Own properties only: a polluted prototype must not log anyone in. */
function ownOf<T extends object>(value: T): T {
  return Object.assign(Object.create(null), value);
}

/** What the application kept in a record of express-session, unless its own expiry has passed. */
function recordContent(old: OldData): OldData | undefined {
  const { cookie, ...others } = old;
  const content = ownOf(others);
  const expires = (cookie as { expires?: unknown } | undefined)?.expires;
  if (expires === undefined || expires === null || expires === false) return content;
  return new Date(expires as string).getTime() > Date.now() ? content : undefined;
}

/** Browsers remove a cookie if name, path and domain are those that it was set with. */
function clearing(name: string, { path, domain }: Pick<LegacyPlan<object>, 'path' | 'domain'>): string {
  return [
    `${name}=`,
    `Path=${path}`,
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    'Max-Age=0',
    ...(/^__(?:Host|Secure)-/i.test(name) ? ['Secure'] : []),
  ].join('; ');
}
