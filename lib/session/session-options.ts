import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { LegacySessions } from './legacy/legacy-session.ts';
import type { SessionCookieOptions } from './session-cookie.ts';
import type { SessionLifetime, SessionStore } from './session-store.ts';

export interface SessionOptions<Data extends object = object> {
  /** `memoryStore()`, or one of `bulwark/session/redis`, `bulwark/session/pg` or `bulwark/session/sqlite`. */
  readonly store: SessionStore;
  /** A session ends after this time without a request. 1,800 (30 minutes) by default. */
  readonly idleSeconds?: number;
  /** A session ends this long after log-in, whatever happens. 28,800 (8 hours) by default. */
  readonly absoluteSeconds?: number;
  readonly cookie?: SessionCookieOptions;
  /**
   * What a request with a session cookie meets while the store is down: `closed` answers it with 503; `anonymous` lets it go on
   * as a visitor's, and refuses changes only. `closed` by default.
   */
  readonly fail?: 'closed' | 'anonymous';
  /** How long an operation waits for the store. 2,000 by default. */
  readonly timeoutMs?: number;
  /** How many operations may wait for the store at once. 1,000 by default. */
  readonly maxPending?: number;
  /** Keys and values of a session as JSON, in bytes. 65,536 by default. */
  readonly maxBytes?: number;
  /** A user's sessions: a log-in beyond it ends the one that was not seen for longest. 100 by default. */
  readonly maxPerUser?: number;
  /** Accepts a store that loses everything with the process. */
  readonly allowMemoryInProduction?: boolean;
  /** Sessions of a previous library, migrated at their first request. See `bulwark/session/legacy`. */
  readonly legacy?: LegacySessions<Data>;
}

const names = [
  ...(['store', 'idleSeconds', 'absoluteSeconds', 'cookie', 'fail', 'timeoutMs', 'maxPending'] as const),
  ...(['maxBytes', 'maxPerUser', 'allowMemoryInProduction', 'legacy'] as const),
] as const;

export interface ReadSessionOptions<Data extends object> {
  readonly store: SessionStore;
  readonly lifetime: SessionLifetime;
  readonly cookie: SessionCookieOptions | undefined;
  readonly fail: 'closed' | 'anonymous';
  readonly timeoutMs: number;
  readonly maxPending: number;
  readonly maxBytes: number;
  readonly maxPerUser: number;
  readonly allowMemoryInProduction: boolean;
  readonly legacy: LegacySessions<Data> | undefined;
}

const operations = ['read', 'create', 'replace', 'patch', 'remove', 'removeAll', 'list'] as const;
const longestTouchMs = 60_000;
const year = 31_536_000;

/** @throws Misuse `bulwark/invalid-option` */
export function readSessionOptions<Data extends object>(
  options: SessionOptions<Data>,
): ReadSessionOptions<Data> {
  const own = knownOptions(options, names);
  const { store } = own;
  if (!store || operations.some((name) => typeof store[name] !== 'function')) {
    throw new Misuse('bulwark/invalid-option', 'store is a session store, such as `memoryStore()`.');
  }
  const fail = own.fail ?? 'closed';
  if (fail !== 'closed' && fail !== 'anonymous') {
    throw new Misuse('bulwark/invalid-option', "fail is 'closed' or 'anonymous'.");
  }
  const allowMemory = own.allowMemoryInProduction;
  if (allowMemory !== undefined && typeof allowMemory !== 'boolean') {
    throw new Misuse('bulwark/invalid-option', 'allowMemoryInProduction is true or false.');
  }
  const idleMs = 1000 * whole('idleSeconds', own.idleSeconds ?? 1800, 1, year);
  const absoluteMs = 1000 * whole('absoluteSeconds', own.absoluteSeconds ?? 28_800, 1, year);
  return {
    ...{ store, cookie: own.cookie, fail, allowMemoryInProduction: allowMemory === true, legacy: own.legacy },
    // An idle expiry moves often enough that a tenth of it is all that can be missing.
    lifetime: Object.freeze({
      idleMs,
      absoluteMs,
      touchMs: Math.min(longestTouchMs, Math.floor(idleMs / 10)),
    }),
    timeoutMs: whole('timeoutMs', own.timeoutMs ?? 2000, 1, 60_000),
    maxPending: whole('maxPending', own.maxPending ?? 1000, 1, 100_000),
    maxBytes: whole('maxBytes', own.maxBytes ?? 65_536, 1, 4_194_304),
    maxPerUser: whole('maxPerUser', own.maxPerUser ?? 100, 1, 1000),
  };
}

function whole(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Misuse(
    'bulwark/invalid-option',
    `${name} is a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}.`,
  );
}
