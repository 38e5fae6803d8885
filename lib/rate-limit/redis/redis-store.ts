import { RateLimiterRedis } from 'rate-limiter-flexible';
import { Misuse } from '../../refusal/misuse.ts';
import type { Count, Counter, CounterStore } from '../counter-store.ts';
import { script } from './script.ts';

/** A client of ioredis (`new Redis()`, `new Cluster()`), or of node-redis (`createClient()`, connected). */
export interface RedisClient {
  eval(script: string, ...rest: never[]): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

/** Both clients, as far as they are used here. */
interface AnyClient {
  readonly status?: string;
  readonly isReady?: boolean;
  eval(script: string, ...rest: unknown[]): Promise<unknown>;
  del(key: string): Promise<number>;
}

/** For points that are counted whatever the limit is. */
const noLimit = Number.MAX_SAFE_INTEGER;

/**
 * Counts in Redis, by `rate-limiter-flexible` with a script of our own: a refused request is not counted, and what is given back
 * never reaches a later window. The server times the windows. All processes share the counters.
 *
 * Commands are refused while the client has no connection, so that nothing waits in its queue. Without `appendonly yes`, counters are
 * lost if Redis restarts; with an evicting `maxmemory-policy`, when memory is short.
 *
 * @param client of ioredis, or of node-redis 4 and later
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { rateLimit } from 'bulwark/rate-limit';
 * import { redisStore } from 'bulwark/rate-limit/redis';
 * import { createClient } from 'redis';
 *
 * const client = await createClient().connect();
 * const store = redisStore(client);
 * const limiter = rateLimit({ store, fail: 'memory', limit: 300, windowSeconds: 60, key: 'address' });
 * ```
 */
export function redisStore(client: RedisClient): CounterStore {
  const given = client as unknown as AnyClient;
  if (typeof given?.eval !== 'function' || typeof given.del !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'redisStore takes a client of ioredis or of node-redis.');
  }
  const storeClient = uniformClient(given);
  const limiters = new Map<number, RateLimiterRedis>();

  /** One for each limit: the script is told it. */
  function limiterFor(limit: number): RateLimiterRedis {
    const known = limiters.get(limit);
    if (known !== undefined) return known;
    const made = new RateLimiterRedis({
      storeClient,
      ...{ useRedisPackage: true, rejectIfRedisNotReady: true, customIncrTtlLuaScript: script },
      ...{ points: limit, duration: 1, keyPrefix: '' },
    });
    limiters.set(limit, made);
    return made;
  }

  async function count(limit: number, { key, windowSeconds }: Counter, points: number): Promise<Count> {
    const { consumedPoints, msBeforeNext } = await limiterFor(limit).penalty(key, points, {
      customDuration: windowSeconds,
    });
    // The script answers with what it would have been, and counts nothing, if that exceeds the limit.
    const taken = consumedPoints <= limit;
    const used = taken ? consumedPoints : consumedPoints - points;
    return { taken, used, resetMs: Math.min(Math.max(1, msBeforeNext), windowSeconds * 1000) };
  }

  return Object.freeze({
    kind: 'redis' as const,
    take: (counter: Counter, points: number) => count(counter.limit, counter, points),
    add: (counter: Counter, points: number) => count(noLimit, counter, points),
    async giveBack({ key }: Counter, points: number, resetMs: number) {
      await limiterFor(noLimit).reward(key, points, { customDuration: Math.ceil(resetMs / 1000) });
    },
    async clear(key: string) {
      await limiterFor(noLimit).delete(key);
    },
  });
}

/** One shape for both clients. A script that is sent as text needs no command defined on the application's own client. */
function uniformClient(client: AnyClient): object {
  const isIoredis = typeof client.status === 'string';
  let wasReady = false;
  return {
    get isReady(): boolean {
      if (!isIoredis) return client.isReady !== false;
      const ready = client.status === 'ready';
      wasReady ||= ready;
      // Until the first connection a client waits for it: `wait` is one that connects at its first command.
      return (
        ready || client.status === 'wait' || (!wasReady && client.status?.startsWith('connect') === true)
      );
    },
    eval(
      text: string,
      { keys, arguments: values }: { keys: string[]; arguments: string[] },
    ): Promise<unknown> {
      return isIoredis
        ? client.eval(text, keys.length, ...keys, ...values)
        : client.eval(text, { keys, arguments: values });
    },
    del: (key: string) => client.del(key),
  };
}
