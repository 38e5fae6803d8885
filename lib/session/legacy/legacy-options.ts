import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { isCookieName } from '../../request/cookies.ts';
import { isSecret, type Secret } from '../../secrets/secret.ts';
import type { OldStore } from './old-store.ts';
import type { SpentSeals } from './spent-seals.ts';

/** What an old session held, parsed and without `__proto__`. Only its authenticity was checked, not its shape. */
export type OldData = Readonly<Record<string, unknown>>;

/** What a new session begins with. */
export interface Migrated<Data extends object> {
  /** Who is logged in; undefined for a visitor. */
  readonly user?: string | undefined;
  readonly data?: Partial<Data>;
}

interface LegacyOptions<Data extends object> {
  /** All secrets, keys or passwords that the previous library used, as text. */
  readonly secrets: Secret | string | readonly (Secret | string)[];
  /** Until when old sessions are migrated: a date, or a text such as `2027-03-01`. Later, old cookies are ignored and removed. */
  readonly until: Date | string;
  /**
   * What the new session holds. Undefined for an old session that is not to be migrated.
   *
   * @param old authentic, but written by older versions of the application: check what it holds
   */
  readonly map: (old: OldData) => Migrated<Data> | undefined | Promise<Migrated<Data> | undefined>;
  /** The old cookie's `Path`, if it wasn't `/`, and its `Domain`, if it had one. Otherwise browsers do not remove it. */
  readonly clear?: { readonly path?: string; readonly domain?: string };
  /** How long a store may take. 2,000 by default. */
  readonly timeoutMs?: number;
}

export interface ExpressSessionOptions<Data extends object> extends LegacyOptions<Data> {
  readonly kind: 'express-session';
  /** `connect.sid` by default. */
  readonly cookieName?: string;
  /** Where the records are: `connectRedis`, `connectPgSimple` or `expressStore`. */
  readonly store: OldStore;
  /**
   * Remembers the users whose sessions `revokeAll` has ended, so that theirs are no longer migrated. `sessions`, and `sealedSessions`
   * with `epochs`, require it. Remembers migrated ids too: while the old version of the application still runs beside this one,
   * it saves sessions at the end of requests, and so can bring back a record that was already deleted.
   */
  readonly spent?: SpentSeals;
}

export interface CookieSessionOptions<Data extends object> extends LegacyOptions<Data> {
  readonly kind: 'cookie-session';
  /** `session` by default. */
  readonly cookieName?: string;
  /** Remembers which cookies were used. Without it a copy of a cookie works again after log-out. */
  readonly spent: SpentSeals;
  /** Accepts secrets of fewer than 16 characters. An attacker who guesses one can forge sessions of any user. */
  readonly allowShortSecrets?: boolean;
}

export interface IronSessionOptions<Data extends object> extends LegacyOptions<Data> {
  readonly kind: 'iron-session';
  readonly cookieName: string;
  /** Remembers which cookies were used. Without it a copy of a cookie works again after log-out. */
  readonly spent: SpentSeals;
}

export type LegacySessionsOptions<Data extends object> =
  | ExpressSessionOptions<Data>
  | CookieSessionOptions<Data>
  | IronSessionOptions<Data>;

/** The options, checked. */
export interface LegacyPlan<Data extends object> {
  readonly kind: LegacySessionsOptions<Data>['kind'];
  readonly cookieName: string;
  readonly secrets: readonly string[];
  readonly until: number;
  readonly map: LegacyOptions<Data>['map'];
  readonly path: string;
  readonly domain: string | undefined;
  readonly timeoutMs: number;
  readonly store: OldStore | undefined;
  readonly spent: SpentSeals | undefined;
}

const shared = ['kind', 'secrets', 'until', 'map', 'clear', 'timeoutMs', 'cookieName', 'spent'] as const;
const defaultNames = { 'express-session': 'connect.sid', 'cookie-session': 'session' };
const leastCharacters = { 'express-session': 1, 'cookie-session': 16, 'iron-session': 32 };
const mostSecrets = 16;

/** @throws Misuse `bulwark/invalid-option` */
export function readLegacyOptions<Data extends object>(
  options: LegacySessionsOptions<Data>,
): LegacyPlan<Data> {
  const kind = kindOf(options);
  const names = [
    ...shared,
    ...(kind === 'express-session' ? ['store'] : []),
    ...(kind === 'cookie-session' ? ['allowShortSecrets'] : []),
  ];
  const own: Partial<ExpressSessionOptions<Data> & { allowShortSecrets: boolean }> = knownOptions(
    options as object,
    names as never[],
  );
  const { cookieName = defaultNames[kind as keyof typeof defaultNames], map, store, spent } = own;
  if (typeof cookieName !== 'string' || !isCookieName(cookieName)) {
    throw invalid('cookieName is the name of the cookie that the previous library used.');
  }
  if (typeof map !== 'function') throw invalid('map is a function from an old session to { user, data }.');
  const { path = '/', domain } = knownOptions(own.clear ?? {}, ['path', 'domain']);
  if (typeof path !== 'string' || !/^\/[!-:<-~]*$/.test(path))
    throw invalid('clear.path is a path such as /app.');
  if (domain !== undefined && (typeof domain !== 'string' || !/^\.?[a-z\d.-]{1,253}$/i.test(domain))) {
    throw invalid('clear.domain is a domain such as example.com.');
  }
  const { timeoutMs = 2_000 } = own;
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 60_000) {
    throw invalid('timeoutMs is a whole number from 1 to 60000.');
  }
  checkStores(kind, store, spent);
  const least = own.allowShortSecrets === true ? 1 : leastCharacters[kind];
  const secrets = readSecrets(own.secrets, least);
  return {
    kind,
    cookieName,
    secrets,
    until: readUntil(own.until),
    map,
    path,
    domain,
    timeoutMs,
    store,
    spent,
  };
}

function kindOf(options: { readonly kind?: unknown }): LegacySessionsOptions<object>['kind'] {
  const kind = Object(options).kind as string;
  if (Object.hasOwn(Object(options), 'kind') && Object.hasOwn(leastCharacters, kind)) return kind as never;
  throw invalid("kind is 'express-session', 'cookie-session' or 'iron-session'.");
}

function checkStores(kind: string, store: OldStore | undefined, spent: SpentSeals | undefined): void {
  if (spent !== undefined && ['claim', 'has'].some((name) => typeof Object(spent)[name] !== 'function')) {
    throw invalid('spent is what redisSpentSeals, pgSpentSeals or memorySpentSeals returns.');
  }
  if (kind === 'express-session') {
    if (typeof Object(store).read !== 'function') {
      throw invalid('store is what connectRedis, connectPgSimple or expressStore returns.');
    }
    if (store?.removesBlindly && !spent) {
      throw invalid(
        'This store does not say who deleted a record, so two requests could migrate the same session. Set `spent` too.',
      );
    }
  } else if (!spent) {
    throw invalid(
      `A cookie of ${kind} stays valid after it was migrated: a copy of it would work again after log-out. ` +
        'Set `spent`, for instance to redisSpentSeals(client), or let users log in again instead of migrating.',
    );
  }
}

function readSecrets(given: unknown, least: number): readonly string[] {
  const secrets = (Array.isArray(given) ? given : [given]).map((each: unknown) =>
    isSecret(each) ? each.reveal() : each,
  );
  if (secrets.length === 0 || secrets.length > mostSecrets) {
    throw invalid(`secrets has 1 to ${mostSecrets} secrets.`);
  }
  for (const secret of secrets) {
    if (typeof secret !== 'string' || secret.length < least) {
      throw invalid(
        `Each of \`secrets\` is a text of at least ${least} characters. A shorter one can be guessed, and then anybody writes cookies.`,
      );
    }
  }
  return secrets as string[];
}

function readUntil(until: unknown): number {
  const readable =
    until instanceof Date || (typeof until === 'string' && /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(until));
  const time = readable ? new Date(until as string | Date).getTime() : Number.NaN;
  if (Number.isNaN(time)) throw invalid("until is a date: a Date, or a text such as '2027-03-01'.");
  return time;
}

function invalid(sentence: string): Misuse {
  return new Misuse('bulwark/invalid-option', sentence);
}
