/**
 * Outbound requests that reach only what a policy allows.
 *
 * @module
 */
export { createFetch, type GuardedFetch } from './guarded-fetch.ts';
export type { FetchOptions, PrivateDestination } from './policy.ts';
