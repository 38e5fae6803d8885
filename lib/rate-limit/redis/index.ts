/**
 * Counters of rate limits in Redis.
 *
 * @module
 */
export type { RedisClient } from './redis-client.ts';
export { redisStore } from './redis-store.ts';
