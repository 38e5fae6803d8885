import { createRequire } from 'node:module';
import pg from 'pg';
import type { CounterStore } from '../../lib/rate-limit/index.ts';
import { countersInMemory } from '../../lib/rate-limit/memory-store.ts';
import { postgresStore } from '../../lib/rate-limit/pg/index.ts';
import { type RedisClient, redisStore } from '../../lib/rate-limit/redis/index.ts';
import { missing } from '../machine/missing.ts';
import { startPostgres } from '../machine/postgres.ts';
import { startRedis } from '../machine/redis.ts';

/** Both clients are installed for the library's own tests. */
const ofLibrary = createRequire(new URL('../../lib/package.json', import.meta.url));
const { Redis } = ofLibrary('ioredis') as {
  readonly Redis: new (url: string) => RedisClient & WithErrors & { disconnect(): void };
};
const { createClient } = ofLibrary('redis') as {
  createClient(options: {
    url: string;
  }): RedisClient & WithErrors & { connect(): Promise<unknown>; destroy(): void };
};

interface WithErrors {
  on(event: 'error', listener: () => void): unknown;
}

export interface OpenedStore {
  readonly store: CounterStore;
  /** Kills the server and starts it again. */
  restart(): Promise<void>;
  /** Stops the server; the client stays as it is. */
  stopServer(): Promise<void>;
  close(): Promise<void>;
}

export interface TestedStore {
  readonly name: string;
  /** Why it cannot run here. */
  readonly reason: string | undefined;
  open(): Promise<OpenedStore>;
}

const nothing = async (): Promise<void> => undefined;

/** Every store, each on a server of its own. Errors of a client are what the tests cause. */
export const testedStores: readonly TestedStore[] = [
  {
    name: 'memory',
    reason: undefined,
    open: async () => ({
      store: countersInMemory(100_000),
      restart: nothing,
      stopServer: nothing,
      close: nothing,
    }),
  },
  {
    name: 'ioredis',
    reason: missing('redis'),
    async open() {
      const server = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
      const client = new Redis(server.url);
      client.on('error', () => undefined);
      return {
        store: redisStore(client),
        restart: () => server.restart(),
        stopServer: () => server.stop(),
        async close() {
          client.disconnect();
          await server.stop();
        },
      };
    },
  },
  {
    name: 'node-redis',
    reason: missing('redis'),
    async open() {
      const server = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
      const client = createClient({ url: server.url });
      client.on('error', () => undefined);
      await client.connect();
      return {
        store: redisStore(client),
        restart: () => server.restart(),
        stopServer: () => server.stop(),
        async close() {
          client.destroy();
          await server.stop();
        },
      };
    },
  },
  {
    name: 'PostgreSQL',
    reason: missing('postgres'),
    async open() {
      const server = await startPostgres();
      const pool = new pg.Pool({ connectionString: server.url });
      pool.on('error', () => undefined);
      return {
        store: postgresStore(pool),
        async restart() {
          // The server of the tests writes without fsync, and can't recover a table that was created a moment ago.
          await pool.query('checkpoint');
          await server.restart();
        },
        stopServer: () => server.stop(),
        async close() {
          await pool.end();
          await server.stop();
        },
      };
    },
  },
];
