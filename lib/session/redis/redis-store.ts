import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type {
  PatchOutcome,
  SessionLifetime,
  SessionStore,
  StoredDevice,
  StoredSession,
} from '../session-store.ts';
import { durabilityOf } from './durability-of.ts';
import { type IoredisClient, type NodeRedisClient, redisConnection } from './redis-client.ts';
import { scriptRunner } from './script-runner.ts';

export interface RedisStoreOptions {
  /**
   * All keys begin with it. `{bulwark:session}:` by default: the braces keep them on one node of a cluster, where one script can
   * change them.
   */
  readonly prefix?: string;
}

/**
 * Sessions in Redis 6.2 or later, or Valkey, by a client of ioredis or of node-redis. Each operation is a script, so none leaves half a
 * change. Records expire by Redis's own clock.
 *
 * Set `appendonly yes`, and `appendfsync always` if a crash of the machine must not bring back a session that was revoked in the last
 * second. Without `appendonly`, all sessions end when Redis restarts: a snapshot may be older than a revocation. At start an event
 * says what this server can lose.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { sessions } from 'bulwark/session';
 * import { redisStore } from 'bulwark/session/redis';
 * import { createClient } from 'redis';
 *
 * const client = createClient({ url: 'redis://127.0.0.1:6379' });
 * await client.connect();
 * const own = sessions({ store: redisStore(client) });
 * ```
 */
export function redisStore(
  client: IoredisClient | NodeRedisClient,
  options: RedisStoreOptions = {},
): SessionStore {
  const { prefix = '{bulwark:session}:' } = knownOptions(options, ['prefix']);
  if (typeof prefix !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(prefix)) {
    throw new Misuse('bulwark/invalid-option', 'prefix is 1 to 64 printable ASCII characters.');
  }
  const connection = redisConnection(client);

  const run = scriptRunner(connection, prefix);

  return {
    name: 'redis',
    async read(key, { idleMs, absoluteMs, touchMs }) {
      const answer = await run('read', key, idleMs, absoluteMs, touchMs);
      if (answer === null) return undefined;
      return answer === 'replaced' ? 'replaced' : storedOf(answer);
    },
    async create(key, { user, userAgent, address, data }, lifetime, maxPerUser) {
      const head = [user ?? '', userAgent ?? '', address ?? '', ...timesOf(lifetime), maxPerUser];
      const createdAt = await run('create', key, ...head, ...countedPairs(data));
      if (createdAt === null) throw new Error('There is such a session.');
      return Number(createdAt);
    },
    async replace(from, to, { user, userAgent, address, data }, { begin, maxBytes, maxPerUser }, lifetime) {
      const head = [user ?? '', userAgent ?? '', address ?? '', ...timesOf(lifetime), maxPerUser];
      const change = [from, begin ? '1' : '0', maxBytes];
      const answer = await run('replace', to, ...head, ...change, ...countedPairs(data));
      return answer === 'gone' || answer === 'too-large' ? answer : storedOf(answer);
    },
    async patch(key, { set, delete: remove, ifVersion, maxBytes, token }) {
      const head = [key, maxBytes, ifVersion ?? '', token];
      // The script counts the bytes of each key, so each stands there once.
      const gone = [...new Set(remove)].filter((name) => !Object.hasOwn(set, name));
      return (await run('patch', ...head, ...countedPairs(set), ...gone)) as PatchOutcome;
    },
    async remove(key, user) {
      return Number(await run('remove', key, user ?? '')) === 1;
    },
    async removeAll(user, except) {
      return Number(await run('removeAll', user, except ?? ''));
    },
    async list(user, most) {
      const rows = (await run('list', user)) as readonly (readonly string[])[];
      return rows
        .map(deviceOf)
        .sort((one, other) => other.seenAt - one.seenAt)
        .slice(0, most);
    },
    async inspect() {
      return await durabilityOf(connection);
    },
  };
}

function timesOf({ idleMs, absoluteMs }: SessionLifetime): readonly number[] {
  return [idleMs, absoluteMs];
}

function countedPairs(data: Readonly<Record<string, string>>): readonly (string | number)[] {
  const entries = Object.entries(data);
  return [entries.length, ...entries.flat()];
}

function storedOf(answer: unknown): StoredSession {
  const fields = answer as readonly unknown[];
  const data: Record<string, string> = Object.create(null);
  let user: string | undefined;
  let version = 0;
  let createdAt = 0;
  for (let at = 0; at < fields.length; at += 2) {
    const name = String(fields[at]);
    const value = String(fields[at + 1]);
    if (name.startsWith('d:')) data[name.slice(2)] = value;
    else if (name === 'u') user = value;
    else if (name === 'v') version = Number(value);
    else if (name === 'c') createdAt = Number(value);
  }
  return { user, data, version, createdAt };
}

function deviceOf([key = '', created, seen, userAgent, address]: readonly string[]): StoredDevice {
  return {
    key,
    createdAt: Number(created),
    seenAt: Number(seen),
    userAgent: userAgent || undefined,
    address: address || undefined,
  };
}
