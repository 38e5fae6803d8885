/**
 * Sessions in Redis.
 *
 * @module
 */
export type { IoredisClient, NodeRedisClient } from './redis-client.ts';
export { type RedisStoreOptions, redisStore } from './redis-store.ts';
