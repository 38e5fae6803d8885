/**
 * Outbound requests that reach only what a policy allows.
 *
 * @module
 */
export { createAgents, type GuardedAgents } from './agents.ts';
export { createDispatcher } from './dispatcher.ts';
export { createFetch, type GuardedFetch } from './guarded-fetch.ts';
export type { Inspection } from './inspect.ts';
export type { EgressDecision } from './policy/egress-decision.ts';
export type { ConnectionOptions, FetchOptions, PrivateDestination } from './policy/policy.ts';
