import { knownOptions } from '../internal/known-options.ts';
import { type ModeOptions, parseMode } from '../internal/mode.ts';
import { passesInReport, refuse } from '../internal/refuse.ts';
import { allowed, type Denied, deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { AnyRequest } from '../request/any-request.ts';
import { cookieValues } from '../request/cookies.ts';
import { isKeyring, type Keyring } from '../secrets/keyring.ts';
import { deviceAccountName } from './account-name.ts';
import { claimCounters } from './claimed-counters.ts';
import type { CounterStore } from './counter-store.ts';
import { type DeviceCookieValue, deviceCookies } from './device-cookie.ts';
import { guardedStore, type Held, type StoreOptions } from './guarded-store.ts';
import { type BudgetName, budgetOptions, type LoginBudgets, loginCounters } from './login-budgets.ts';
import { type LoginShare, takeShare } from './login-share.ts';
import { prefixOf } from './rate-limit.ts';
import { secondsOf } from './rate-limit-headers.ts';
import { accountNameOf } from './rule.ts';
import { wholeNumber } from './whole-number.ts';

interface LoginSettings extends StoreOptions, LoginBudgets {
  /** Signs the device cookies, with a key of its own: `keyring(secret)` of `bulwark/secrets`. */
  readonly keys: Keyring;
  /** The cookie's name. It begins with `__Host-`, so that no other host can set it. `__Host-device` by default. */
  readonly cookieName?: string;
  /** How long a device is known after a log-in. 180 days by default, at most 400, which is what browsers keep. */
  readonly deviceSeconds?: number;
  /** The one spelling of an account's name. By default NFKC, without case, spaces around it and invisible characters. */
  readonly accountName?: (typed: string) => string;
  /**
   * Begins every key in the store. `bulwark` by default. One for each set of accounts: the same account of two limiters with one prefix has
   * the same counters, also across processes.
   */
  readonly prefix?: string;
}

export type LoginLimitOptions = LoginSettings & ModeOptions;

/** Who is logging in, and from where. */
export interface LoginFacts {
  /** The account's id, or the typed name. If an account has several names, pass its id: otherwise each name has its own attempts. */
  readonly account: string;
  /** The client's address, as `trustedProxies` finds it. Never a header as it came. */
  readonly address: string | undefined;
  /** The device cookie: `login.cookie(request)`. */
  readonly cookie?: DeviceCookieValue;
}

export type LoginCode = 'rate-limit/login-exceeded' | 'rate-limit/unavailable';

/** An attempt that is already counted. If none of these is called, such as after a crash, it stays counted as failed. */
export interface LoginAttempt {
  /** Whether a device cookie proved that this account has logged in on this device before. */
  readonly device: boolean;
  /**
   * The password was right, and so was every further factor. Takes the attempt back, and clears earlier attempts under exactly this name on
   * this device or address: another spelling may be another account.
   *
   * @returns the `Set-Cookie` line of the device cookie: send it with the response
   */
  succeeded(): Promise<string>;
  /** The attempt failed. It stays counted. */
  failed(): void;
  /**
   * The password was not checked, such as after `password/busy`. Takes the attempt back and clears nothing else. Never call it after the
   * password was checked, whatever the result.
   */
  giveBack(): Promise<void>;
}

export type LoginResult =
  | { readonly decision: { readonly allow: true }; readonly attempt: LoginAttempt }
  | { readonly decision: Denied<LoginCode>; readonly attempt?: undefined };

export interface LoginLimit {
  /** Counts an attempt, and decides whether its password may be checked. */
  check(facts: LoginFacts): Promise<LoginResult>;
  /**
   * The same, but throws.
   *
   * @throws Refusal `rate-limit/login-exceeded`, `rate-limit/unavailable`; both carry `retryAfterSeconds` in their detail
   */
  reserve(facts: LoginFacts): Promise<LoginAttempt>;
  /** The values of the device cookie in a request. */
  cookie(request: AnyRequest): readonly string[];
  /**
   * Makes this browser a known device of the account: for a link that was mailed to its owner, or after a password reset.
   *
   * @returns the `Set-Cookie` line
   */
  trustDevice(facts: Pick<LoginFacts, 'account' | 'cookie'>): string;
}

const optionNames = [
  ...[
    'store',
    'fail',
    'timeoutMs',
    'keys',
    'cookieName',
    'deviceSeconds',
    'accountName',
    'prefix',
    'mode',
    'until',
  ],
  ...budgetOptions,
] as readonly (keyof (LoginSettings & ModeOptions))[];
const factNames = ['account', 'address', 'cookie'] as const;
const day = 24 * 60 * 60;

/**
 * Limits password guessing, without letting strangers lock an owner out (CWE-307, CWE-645).
 *
 * An attempt is counted atomically before its password is checked: 1,000 parallel guesses get as many attempts as serial ones. A success takes
 * its attempt back. It never clears the counter of an address or of another account, so an attacker's own account resets nothing.
 *
 * After a log-in the browser keeps a signed device cookie, bound to the account. Attempts with it have their own counter. All attempts without
 * one share a budget for each account; when that is used up, only they are refused.
 *
 * @throws Misuse `bulwark/invalid-option`, `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { loginLimit, memoryStore } from 'bulwark/rate-limit';
 * import { keyring } from 'bulwark/secrets';
 *
 * declare const isRight: (account: string, password: string) => Promise<boolean>;
 *
 * const login = loginLimit({ store: memoryStore(), keys: keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi') });
 * const attempt = await login.reserve({ account: 'anna', address: '203.0.113.9' }); // a Refusal with status 429 if used up
 * if (await isRight('anna', 'hunter2')) {
 *   const line = await attempt.succeeded(); // '__Host-device=...; Path=/; Max-Age=15552000; Secure; HttpOnly; SameSite=Lax'
 * } else {
 *   attempt.failed();
 * }
 * ```
 */
export function loginLimit(options: LoginLimitOptions): LoginLimit {
  const own = knownOptions<LoginSettings & ModeOptions>(options as LoginSettings & ModeOptions, optionNames);
  if (!isKeyring(own.keys)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'keys takes keyring(secret) of bulwark/secrets: it signs the device cookies.',
    );
  }
  const cookieName = own.cookieName ?? '__Host-device';
  if (typeof cookieName !== 'string' || !/^__Host-[\w-]{1,64}$/.test(cookieName)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'cookieName begins with __Host-, and has letters, digits, hyphens and underscores.',
    );
  }
  const deviceSeconds = wholeNumber('deviceSeconds', own.deviceSeconds ?? 180 * day, 60, 400 * day);
  const devices = deviceCookies(own.keys, cookieName, deviceSeconds);
  const nameOf = accountNameOf(own.accountName);
  const deviceNameOf = own.accountName === undefined ? deviceAccountName : nameOf;
  const prefix = prefixOf(own.prefix);
  const countersOf = loginCounters(own, prefix);
  const store = guardedStore(own);
  claimCounters(
    own.store as CounterStore,
    `${prefix} login`,
    false,
    'Another loginLimit of this store has the same prefix: the accounts of both would share their tries. Use one for all log-ins to the same accounts, and give others a prefix of their own.',
  );
  const mode = parseMode(own as { mode?: string; until?: string | Date });

  async function check(given: LoginFacts): Promise<LoginResult> {
    const facts = knownOptions<LoginFacts>(given, factNames);
    const typed = textOf(facts.account);
    const account = nameOf(typed);
    const deviceAccount = deviceNameOf(typed);
    const device = devices.deviceOf(facts.cookie, deviceAccount)?.nonce;
    const held: (Held & { readonly budget: BudgetName })[] = [];
    for (const { budget, counter } of countersOf({
      account,
      deviceAccount,
      address: facts.address,
      device,
    })) {
      const one = await store.take(counter, 1);
      if (typeof one !== 'string' && one.count.taken) {
        held.push({ ...one, budget });
        continue;
      }
      if (one === 'failed' && store.fail === 'open') continue;
      const denied =
        typeof one === 'string' ? unavailable(store.kind) : exceeded(budget, device !== undefined, one);
      if (passesInReport(denied, mode)) continue;
      // A refused attempt is not counted. Otherwise an attacker could use up what clients on the same address need.
      await Promise.all(held.map((earlier) => store.giveBack(earlier)));
      return { decision: denied };
    }
    const parts = await Promise.all(
      held.map((one) =>
        one.budget === 'pair' || one.budget === 'device' ? takeShare(store, one, prefix, typed) : one,
      ),
    );
    return { decision: allowed, attempt: attemptOf(deviceAccount, device, parts, facts.cookie) };
  }

  function attemptOf(
    account: string,
    device: string | undefined,
    parts: readonly (Held | LoginShare)[],
    cookie: DeviceCookieValue,
  ): LoginAttempt {
    let success: Promise<string> | undefined;
    let returned: Promise<void> | undefined;
    let hasFailed = false;
    const accept = async (): Promise<string> => {
      await Promise.all(parts.map((one) => ('clear' in one ? one.clear() : store.giveBack(one))));
      return devices.issue(cookie, account);
    };
    const giveBack = async (): Promise<void> => {
      await Promise.all(parts.map((one) => ('giveBack' in one ? one.giveBack() : store.giveBack(one))));
    };
    return Object.freeze({
      device: device !== undefined,
      succeeded() {
        if (hasFailed || returned) return Promise.reject(over());
        success ??= accept();
        return success;
      },
      failed() {
        hasFailed ||= success === undefined && returned === undefined;
      },
      giveBack() {
        if (hasFailed || success) return Promise.reject(over());
        returned ??= giveBack();
        return returned;
      },
    });
  }

  return Object.freeze({
    check,
    async reserve(facts: LoginFacts) {
      const { decision, attempt } = await check(facts);
      return attempt ?? refuse(decision as Denied<LoginCode>);
    },
    cookie: (request: AnyRequest) => cookieValues(request, cookieName),
    trustDevice(given: Pick<LoginFacts, 'account' | 'cookie'>) {
      const facts = knownOptions<Pick<LoginFacts, 'account' | 'cookie'>>(given, ['account', 'cookie']);
      return devices.issue(facts.cookie, deviceNameOf(textOf(facts.account)));
    },
  });
}

function over(): Misuse {
  return new Misuse('bulwark/invalid-option', 'This attempt has already ended. Reserve a new one.');
}

/** Of a body that was parsed as JSON, an account may be anything. */
function textOf(account: unknown): string {
  if (typeof account === 'string') return account;
  throw new Misuse(
    'bulwark/invalid-option',
    'account is a string. Check what the client sent before you pass it on.',
  );
}

function exceeded(
  budget: BudgetName,
  device: boolean,
  { count, counter }: Held,
): Denied<'rate-limit/login-exceeded'> {
  const retryAfterSeconds = Math.min(counter.windowSeconds, secondsOf(count.resetMs));
  return deny('rate-limit/login-exceeded', { budget, device, retryAfterSeconds });
}

function unavailable(store: string): Denied<'rate-limit/unavailable'> {
  return deny('rate-limit/unavailable', { store, retryAfterSeconds: 1 });
}
