import { knownOptions, unknownOption } from '../internal/known-options.ts';
import { type ModeOptions, parseMode } from '../internal/mode.ts';
import { enforce, passesInReport } from '../internal/refuse.ts';
import { allowed, type Decision, deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { claimCounters } from './claimed-counters.ts';
import type { CounterStore } from './counter-store.ts';
import { type Exemption, parseExemptions } from './exemption.ts';
import { guardedStore, type Held, type StoreOptions } from './guarded-store.ts';
import { type AppliedRule, type HeaderLine, rateLimitHeaders, secondsOf } from './rate-limit-headers.ts';
import {
  accountNameOf,
  type ParsedRule,
  parseRule,
  type RateLimitFacts,
  type RateLimitNeed,
  type RateLimitRule,
} from './rule.ts';
import { wholeNumber } from './whole-number.ts';

interface SharedOptions extends StoreOptions {
  /** Who is never limited, with the reason. */
  readonly allow?: readonly Exemption[];
  /** Normalises an account's name. By default NFKC, without case, accents, invisible characters and surrounding spaces. */
  readonly accountName?: (typed: string) => string;
  /**
   * Begins every key in the store. `bulwark` by default. Limiters with the same prefix share the counters of rules with the same name and
   * window, also across processes. Within a process, that is a mistake unless both rules have a `name`.
   */
  readonly prefix?: string;
  /** `false` sends no RateLimit headers. */
  readonly headers?: boolean;
}

/** One rule, or several in `rules`. */
export type RateLimitOptions = SharedOptions &
  ModeOptions &
  (RateLimitRule | { readonly rules: readonly RateLimitRule[] });

export type RateLimitCode = 'rate-limit/exceeded' | 'rate-limit/unavailable';

export interface RateLimitResult {
  readonly decision: Decision<RateLimitCode>;
  /** `RateLimit-Policy` and `RateLimit`, for every response. `Retry-After` comes from the refusal's `retryAfterSeconds`. */
  readonly headers: readonly HeaderLine[];
  /** Takes the request's points back, for requests that should not count, such as successful ones. */
  giveBack(): Promise<void>;
}

export interface RateLimiter {
  /** What its rules and exemptions read, so that the caller of `check` knows which facts it needs. */
  readonly needs: readonly RateLimitNeed[];
  /** Counts a request, and decides. A request that is refused is counted by no rule. */
  check(facts: RateLimitFacts): Promise<RateLimitResult>;
  /** The same, but throws a `Refusal`. @returns the headers */
  enforce(facts: RateLimitFacts): Promise<readonly HeaderLine[]>;
  /** Counts further points, also beyond the limit, such as for a request that turned out to be abuse. */
  penalize(facts: RateLimitFacts, points: number): Promise<void>;
  /** Sets the counters of these facts to 0. */
  clear(facts: RateLimitFacts): Promise<void>;
}

const sharedNames = [
  'store',
  'fail',
  'timeoutMs',
  'allow',
  'accountName',
  'prefix',
  'headers',
  'mode',
  'until',
  'rules',
];
const oneRuleNames = ['name', 'limit', 'windowSeconds', 'key', 'ipv6Prefix'];
const factNames = ['address', 'account', 'session', 'route', 'cost'] as const;
const mostRules = 16;

/**
 * Limits how many requests a client, account, session or route may make in a window. Counting is atomic in the store, so that parallel
 * requests and several processes never get more than the limit.
 *
 * All rules must allow a request. If one refuses it, the others don't count it.
 *
 * @throws Misuse `bulwark/invalid-option`, `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 *
 * const limiter = rateLimit({
 *   store: memoryStore(),
 *   rules: [
 *     { limit: 300, windowSeconds: 60, key: 'address' },
 *     { limit: 10, windowSeconds: 3600, key: ['route', 'account'] },
 *   ],
 * });
 * const { decision, headers } = await limiter.check({ address: '203.0.113.9', route: '/export', account: 'anna' });
 * decision.allow; // true
 * headers; // [['RateLimit-Policy', '"address";q=300;w=60, "route-account";q=10;w=3600'], ['RateLimit', ...]]
 * ```
 */
export function rateLimit(options: RateLimitOptions): RateLimiter {
  const names = [...sharedNames, ...oneRuleNames] as (keyof (SharedOptions & RateLimitRule))[];
  const own = knownOptions<
    SharedOptions & ModeOptions & RateLimitRule & { readonly rules: readonly RateLimitRule[] }
  >(options as never, names as never);
  const prefix = prefixOf(own.prefix);
  const rules = rulesOf(own).map((rule) =>
    parseRule(rule, { prefix, accountName: accountNameOf(own.accountName) }),
  );
  if (new Set(rules.map(({ name }) => name)).size !== rules.length) {
    throw new Misuse('bulwark/invalid-option', 'Two rules have the same name. Give each its own `name`.');
  }
  const store = guardedStore(own);
  for (const { name, windowSeconds, isNamed } of rules) {
    claimCounters(
      own.store as CounterStore,
      `${prefix} ${name} ${windowSeconds}`,
      isNamed,
      `Another limiter of this store has a rule "${name}" of ${windowSeconds} seconds: both would count in the same counters. Give each rule its own name, or both of them the same one if they are to share.`,
    );
  }
  const mode = parseMode(own as { mode?: string; until?: string | Date });
  const exemptions = parseExemptions(own.allow);
  const withHeaders = own.headers !== false;

  async function check(given: RateLimitFacts): Promise<RateLimitResult> {
    const facts = knownOptions<RateLimitFacts>(given, factNames);
    const cost = wholeNumber('cost', facts.cost ?? 1, 1, 1_000_000);
    const held: Held[] = [];
    const applied: AppliedRule[] = [];
    const giveBack = async (): Promise<void> => {
      await Promise.all(held.splice(0).map((one) => store.giveBack(one)));
    };
    const answer = (decision: Decision<RateLimitCode>): RateLimitResult => {
      const passes = !decision.allow && passesInReport(decision, mode);
      return {
        decision: passes ? allowed : decision,
        headers: withHeaders ? rateLimitHeaders(applied) : [],
        giveBack,
      };
    };
    if (exemptions.match(facts)) return answer(allowed);
    for (const rule of rules) {
      const counter = rule.counterOf(facts);
      if (counter === undefined) continue;
      const one = await store.take(counter, cost);
      if (typeof one === 'string') {
        if (one === 'failed' && store.fail === 'open') continue;
        await giveBack();
        return answer(deny('rate-limit/unavailable', { store: store.kind, retryAfterSeconds: 1 }));
      }
      applied.push({ rule, count: one.count });
      if (!one.count.taken) {
        await giveBack();
        return answer(deny('rate-limit/exceeded', exceeded(rule, one)));
      }
      held.push(one);
    }
    return answer(allowed);
  }

  async function onCounters(
    given: RateLimitFacts,
    work: (counter: NonNullable<ReturnType<ParsedRule['counterOf']>>) => Promise<void>,
  ): Promise<void> {
    const facts = knownOptions<RateLimitFacts>(given, factNames);
    const counters = rules.map((rule) => rule.counterOf(facts)).filter((one) => one !== undefined);
    await Promise.all(counters.map(work));
  }

  return Object.freeze({
    needs: Object.freeze([...new Set([...rules.flatMap((rule) => rule.needs), ...exemptions.needs])]),
    check,
    async enforce(facts: RateLimitFacts) {
      const { decision, headers } = await check(facts);
      enforce(decision);
      return headers;
    },
    async penalize(facts: RateLimitFacts, points: number) {
      const added = wholeNumber('points', points, 1, 1_000_000);
      await onCounters(facts, (counter) => store.add(counter, added));
    },
    async clear(facts: RateLimitFacts) {
      await onCounters(facts, ({ key }) => store.clear(key));
    },
  });
}

function exceeded(
  { name, limit, windowSeconds }: ParsedRule,
  { count }: Held,
): {
  rule: string;
  limit: number;
  windowSeconds: number;
  retryAfterSeconds: number;
} {
  return {
    rule: name,
    limit,
    windowSeconds,
    retryAfterSeconds: Math.min(windowSeconds, secondsOf(count.resetMs)),
  };
}

/** @throws Misuse `bulwark/invalid-option` */
export function prefixOf(option: unknown): string {
  const prefix = option ?? 'bulwark';
  if (typeof prefix === 'string' && /^[\w:.{}-]{1,64}$/.test(prefix)) return prefix;
  throw new Misuse(
    'bulwark/invalid-option',
    'prefix takes 1 to 64 letters, digits and signs of `: . _ - { }`.',
  );
}

function rulesOf(
  own: Partial<RateLimitRule & { readonly rules: readonly RateLimitRule[] }>,
): readonly RateLimitRule[] {
  const stray = oneRuleNames.find((name) => Object.hasOwn(own, name));
  if (own.rules === undefined) {
    return [
      Object.fromEntries(
        oneRuleNames.filter((name) => Object.hasOwn(own, name)).map((name) => [name, own[name as 'key']]),
      ) as never,
    ];
  }
  if (stray !== undefined) throw unknownOption(stray, sharedNames);
  if (Array.isArray(own.rules) && own.rules.length > 0 && own.rules.length <= mostRules) return own.rules;
  throw new Misuse('bulwark/invalid-option', `rules takes a list of 1 to ${mostRules} rules.`);
}
