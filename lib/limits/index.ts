/**
 * Limits of requests, and of the server that takes them.
 *
 * @module
 */
export { isLimited, tellMissingLimits } from './limited-servers.ts';
export { type LimitedServer, limits, type ServerLimits } from './limits.ts';
export { type RequestLimitOptions, type RequestLimits, requestLimits } from './request-limits.ts';
