/**
 * Limits on requests and on guessing of passwords.
 *
 * @module
 */
export type { Count, Counter, CounterStore } from './counter-store.ts';
export type { DeviceCookieValue } from './device-cookie.ts';
export type { Exemption } from './exemption.ts';
export type { StoreFailure, StoreOptions } from './guarded-store.ts';
export type { Budget, Budgets, LoginBudgets } from './login-budgets.ts';
export {
  type LoginAttempt,
  type LoginFacts,
  type LoginLimit,
  type LoginLimitOptions,
  type LoginResult,
  loginLimit,
} from './login-limit.ts';
export { type MemoryStoreOptions, memoryStore } from './memory-store.ts';
export { type RateLimiter, type RateLimitOptions, type RateLimitResult, rateLimit } from './rate-limit.ts';
export type { HeaderLine } from './rate-limit-headers.ts';
export type { RateLimitFacts, RateLimitNeed, RateLimitRule, RuleKey } from './rule.ts';
