import { record } from '../event/record.ts';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { accountName } from './account-name.ts';
import { clientNetwork } from './client-network.ts';
import { counterKey } from './counter-key.ts';
import type { Counter } from './counter-store.ts';
import { wholeNumber } from './whole-number.ts';

/** What is known about a request. Only what the rules count by is needed. */
export interface RateLimitFacts {
  /** The client's address, as `trustedProxies` finds it. Never a header as it came. */
  readonly address?: string | undefined;
  /** The account: its id, or the typed name. */
  readonly account?: string | undefined;
  /** A value that stands for the session: `session.binding`. */
  readonly session?: string | undefined;
  /** The route's pattern, such as `/users/:id`. Never the URL: each URL would have a counter of its own. */
  readonly route?: string | undefined;
  /** How many points the request costs. 1 by default. */
  readonly cost?: number;
}

export type RuleKey = 'address' | 'account' | 'session' | 'route' | 'everyone';

/** What a rule counts by. `function` is a key of the application's own, which may read any fact. */
export type RateLimitNeed = RuleKey | 'function';

export interface RateLimitRule {
  /** Names the rule in headers and events. By default its key, such as `address`, or `route-address`. */
  readonly name?: string;
  /** How many points the window allows. */
  readonly limit: number;
  /** The window begins with the first request. In any span of this length, at most twice the limit passes. */
  readonly windowSeconds: number;
  /**
   * What has a counter: a fact, several facts together, or what a function returns. A rule does not apply to a request without the
   * account or session that it counts by, or for which the function returns undefined.
   */
  readonly key: RuleKey | readonly RuleKey[] | ((facts: RateLimitFacts) => string | undefined);
  /** IPv6 clients are counted by network: 32 to 128 bits. 64 by default, which is what a provider gives to one customer at least. */
  readonly ipv6Prefix?: number;
}

export interface ParsedRule {
  readonly name: string;
  /** Whether the developer chose the name. */
  readonly isNamed: boolean;
  readonly limit: number;
  readonly windowSeconds: number;
  /** False for a budget of everyone together, whose state clients must not see. */
  readonly shown: boolean;
  readonly needs: readonly RateLimitNeed[];
  /** The counter of a request, or undefined if the rule does not apply to it. */
  counterOf(facts: RateLimitFacts): Counter | undefined;
}

const ruleNames = ['name', 'limit', 'windowSeconds', 'key', 'ipv6Prefix'] as const;
const keyNames: readonly string[] = ['address', 'account', 'session', 'route', 'everyone'];
/** A longer window makes no sense: no client would wait for it. */
const longestWindow = 366 * 24 * 60 * 60;

/** What all rules of a limiter share. */
export interface RuleContext {
  readonly prefix: string;
  readonly accountName: (typed: string) => string;
}

/** @throws Misuse `bulwark/invalid-option` */
export function parseRule(rule: RateLimitRule, { prefix, accountName: nameOf }: RuleContext): ParsedRule {
  const own = knownOptions<RateLimitRule>(rule, ruleNames);
  const limit = wholeNumber('limit', own.limit, 1, 1_000_000_000);
  const windowSeconds = wholeNumber('windowSeconds', own.windowSeconds, 1, longestWindow);
  const ipv6Prefix = wholeNumber('ipv6Prefix', own.ipv6Prefix ?? 64, 32, 128);
  const { key } = own;
  const kinds = typeof key === 'function' ? [] : kindsOf(key);
  const name = own.name ?? kinds.join('-');
  if (!/^[A-Za-z][\w-]{0,63}$/.test(name)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'name is a letter, and then letters, digits, hyphens and underscores. A rule whose key is a function needs one.',
    );
  }

  function partsOf(facts: RateLimitFacts): readonly (string | number)[] | undefined {
    if (typeof key === 'function') {
      const own = key(facts);
      if (own === undefined) return undefined;
      if (typeof own === 'string') return [own];
      throw new Misuse('bulwark/invalid-option', `The key of the rule "${name}" returned no string.`);
    }
    const parts: string[] = [];
    for (const kind of kinds) {
      const part = partOf(kind, facts, ipv6Prefix, nameOf);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return parts;
  }

  return {
    name,
    isNamed: own.name !== undefined,
    limit,
    windowSeconds,
    shown: !kinds.includes('everyone'),
    needs: typeof key === 'function' ? ['function'] : kinds,
    counterOf(facts) {
      const parts = partsOf(facts);
      if (parts === undefined) return undefined;
      // With the window, because a counter keeps the one that it began with.
      return { key: counterKey(prefix, [name, windowSeconds, ...parts]), limit, windowSeconds };
    },
  };
}

function kindsOf(key: unknown): readonly RuleKey[] {
  const kinds: readonly unknown[] = Array.isArray(key) ? key : [key];
  const valid = kinds.every((kind) => typeof kind === 'string' && keyNames.includes(kind));
  if (valid && kinds.length > 0 && kinds.length <= 4 && new Set(kinds).size === kinds.length) {
    return kinds as readonly RuleKey[];
  }
  throw new Misuse(
    'bulwark/invalid-option',
    `key takes ${keyNames.join(', ')}, a list of different ones, or a function.`,
  );
}

function partOf(
  kind: RuleKey,
  facts: RateLimitFacts,
  ipv6Prefix: number,
  nameOf: (typed: string) => string,
): string | undefined {
  switch (kind) {
    case 'address': {
      const network = clientNetwork(facts.address, ipv6Prefix);
      // One counter for all of them: who hides the address must not be free of the limit.
      if (network === undefined) record('rate-limit/no-address', 'reported', {});
      return network ?? 'unknown';
    }
    case 'account':
      return facts.account === undefined ? undefined : nameOf(facts.account);
    case 'session':
      return facts.session;
    case 'route':
      return facts.route ?? '';
    case 'everyone':
      return '';
  }
}

/** The functions of an application that normalises names in its own way. */
export function accountNameOf(option: unknown): (typed: string) => string {
  if (option === undefined) return accountName;
  if (typeof option !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'accountName takes a function that returns the normalised name.',
    );
  }
  return (typed) => String(option(typed));
}
