import type { Count } from './counter-store.ts';
import type { ParsedRule } from './rule.ts';

/** A header's name and value. */
export type HeaderLine = readonly [name: string, value: string];

/** A rule that was applied, and how its counter stands. */
export interface AppliedRule {
  readonly rule: ParsedRule;
  readonly count: Count;
}

/**
 * The headers of draft-ietf-httpapi-ratelimit-headers: structured fields (RFC 9651), an item for each rule.
 *
 * @example
 * ```text
 * RateLimit-Policy: "address";q=300;w=60
 * RateLimit: "address";r=299;t=60
 * ```
 */
export function rateLimitHeaders(applied: readonly AppliedRule[]): readonly HeaderLine[] {
  const shown = applied.filter(({ rule }) => rule.shown);
  if (shown.length === 0) return [];
  const policy = shown.map(({ rule }) => `"${rule.name}";q=${rule.limit};w=${rule.windowSeconds}`);
  const state = shown.map(({ rule, count }) => {
    const left = Math.max(0, rule.limit - count.used);
    return `"${rule.name}";r=${left};t=${secondsOf(count.resetMs)}`;
  });
  return [
    ['RateLimit-Policy', policy.join(', ')],
    ['RateLimit', state.join(', ')],
  ];
}

/** Rounded up: a client that comes back in time must not come too early. */
export function secondsOf(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
