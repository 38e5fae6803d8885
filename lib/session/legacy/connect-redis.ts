import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type IoredisClient, type NodeRedisClient, redisConnection } from '../redis/redis-client.ts';
import type { OldStore } from './old-store.ts';
import { parseContent } from './parse-content.ts';

export interface ConnectRedisOptions {
  /** What stands before an id. `sess:` by default, as in connect-redis. */
  readonly prefix?: string;
}

/**
 * The records of connect-redis: JSON under `sess:<id>`.
 *
 * @param client of ioredis or node-redis
 *
 * @example
 * ```ts
 * import { connectRedis } from 'bulwark/session/legacy';
 * import { createClient } from 'redis';
 *
 * connectRedis(createClient({ url: 'redis://127.0.0.1:6379' }), { prefix: 'myapp:' }).name; // 'connect-redis'
 * ```
 */
export function connectRedis(
  client: IoredisClient | NodeRedisClient,
  options: ConnectRedisOptions = {},
): OldStore {
  const { prefix = 'sess:' } = knownOptions(options, ['prefix']);
  if (typeof prefix !== 'string') throw new Misuse('bulwark/invalid-option', 'prefix is a string.');
  const { command } = redisConnection(client);
  return {
    name: 'connect-redis',
    async read(id) {
      const json = await command('GET', `${prefix}${id}`);
      return typeof json === 'string' ? parseContent(json) : undefined;
    },
    remove: async (id) => (await command('DEL', `${prefix}${id}`)) === 1,
  };
}
