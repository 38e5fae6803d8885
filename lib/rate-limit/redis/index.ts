/**
 * Counters of rate limits in Redis.
 *
 * @module
 */
export { type RedisClient, redisStore } from './redis-store.ts';
