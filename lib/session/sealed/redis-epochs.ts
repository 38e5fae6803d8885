import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type IoredisClient, type NodeRedisClient, redisConnection } from '../redis/redis-client.ts';
import type { EpochStore } from './epoch-store.ts';

export interface RedisEpochsOptions {
  /** What stands before a user. `bulwark:epoch:` by default. */
  readonly prefix?: string;
}

/** Keeps the epoch that is there, and never shortens its life. */
const begin = `
local epoch = redis.call('GET', KEYS[1])
if not epoch then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return ARGV[1]
end
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return epoch`;

/**
 * Epochs in Redis. If Redis loses them, the sessions end.
 *
 * @param client of ioredis or node-redis
 *
 * @example
 * ```ts
 * import { redisEpochs } from 'bulwark/session/sealed';
 * import { createClient } from 'redis';
 *
 * redisEpochs(createClient({ url: 'redis://127.0.0.1:6379' })).name; // 'redis'
 * ```
 */
export function redisEpochs(
  client: IoredisClient | NodeRedisClient,
  options: RedisEpochsOptions = {},
): EpochStore {
  const { prefix = 'bulwark:epoch:' } = knownOptions(options, ['prefix']);
  if (typeof prefix !== 'string') throw new Misuse('bulwark/invalid-option', 'prefix is a string.');
  const { command } = redisConnection(client);
  return {
    name: 'redis',
    async read(user) {
      const epoch = await command('GET', `${prefix}${user}`);
      return typeof epoch === 'string' ? epoch : undefined;
    },
    begin: async (user, fresh, seconds) =>
      String(
        await command('EVAL', begin, '1', `${prefix}${user}`, fresh, String(Math.ceil(seconds * 1_000))),
      ),
    async remove(user) {
      await command('DEL', `${prefix}${user}`);
    },
  };
}
