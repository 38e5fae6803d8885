import { randomBytes } from 'node:crypto';
import type { Count, Counter, CounterStore } from '../counter-store.ts';
import { type RedisClient, redisCommands } from './redis-client.ts';
import { clearPoints, countPoints, giveBackPoints } from './script.ts';

/** For points that are counted whatever the limit is. */
const noLimit = Number.MAX_SAFE_INTEGER;

/**
 * Counts in Redis, one script for each step. The server times the windows, and all processes share the counters. Each script has one
 * key, so that a cluster works too.
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
  const redis = redisCommands(client);

  async function count(limit: number, { key, windowSeconds }: Counter, points: number): Promise<Count> {
    const windowMs = windowSeconds * 1000;
    const [taken, used, left] = numbersOf(await redis.run(countPoints, key, [points, windowMs, limit]));
    return { taken: taken === 1, used, resetMs: Math.min(Math.max(1, left), windowMs) };
  }

  return Object.freeze({
    kind: 'redis' as const,
    take: (counter: Counter, points: number) => count(counter.limit, counter, points),
    add: (counter: Counter, points: number) => count(noLimit, counter, points),
    async giveBack({ key }: Counter, points: number, resetMs: number) {
      const values = [points, Math.ceil(resetMs) + slackMs, randomBytes(6).toString('base64url')];
      return numberOf(await redis.run(giveBackPoints, key, values));
    },
    async clear(key: string) {
      return numberOf(await redis.run(clearPoints, key, []));
    },
  });
}

/** Between the clocks' readings of the server and of this process. */
const slackMs = 100;

function numberOf(answer: unknown): number {
  const number = Number(answer);
  if (Number.isSafeInteger(number)) return number;
  throw new Error('Redis gave an unexpected answer.');
}

/** A client may be configured to return numbers as text. Anything else is a failure, and never a request that passes. */
function numbersOf(answer: unknown): [taken: number, used: number, left: number] {
  const numbers = Array.isArray(answer) ? answer.map(Number) : [];
  if (numbers.length === 3 && numbers.every(Number.isSafeInteger)) return numbers as [number, number, number];
  throw new Error('Redis gave an unexpected answer.');
}
