import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type IoredisClient, type NodeRedisClient, redisConnection } from '../redis/redis-client.ts';
import type { SpentSeals } from './spent-seals.ts';

export interface RedisSpentSealsOptions {
  /** What stands before a hash. `bulwark:spent:` by default. */
  readonly prefix?: string;
}

/**
 * Used cookies, remembered in Redis. What Redis loses or evicts can be used again: it needs `appendonly yes`, and
 * `maxmemory-policy noeviction`.
 *
 * @param client of ioredis or node-redis
 *
 * @example
 * ```ts
 * import { redisSpentSeals } from 'bulwark/session/legacy';
 * import { createClient } from 'redis';
 *
 * const spent = redisSpentSeals(createClient({ url: 'redis://127.0.0.1:6379' }));
 * ```
 */
export function redisSpentSeals(
  client: IoredisClient | NodeRedisClient,
  options: RedisSpentSealsOptions = {},
): SpentSeals {
  const { prefix = 'bulwark:spent:' } = knownOptions(options, ['prefix']);
  if (typeof prefix !== 'string') throw new Misuse('bulwark/invalid-option', 'prefix is a string.');
  const { command } = redisConnection(client);
  return {
    name: 'redis',
    async claim(hash, until) {
      const lasting = String(Math.max(1, Math.ceil(until - Date.now())));
      return (await command('SET', `${prefix}${hash}`, '1', 'NX', 'PX', lasting)) === 'OK';
    },
    has: async (hash) => (await command('EXISTS', `${prefix}${hash}`)) === 1,
  };
}
