import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import type { SessionStore } from '../../lib/session/index.ts';
import { pgStore } from '../../lib/session/pg/index.ts';
import { startPostgres } from '../machine/postgres.ts';
import { type RedisSettings, startRedis } from '../machine/redis.ts';

/** A store on a server of its own that writes to disk before it answers, and can be killed by SIGKILL. */
export interface DurableStore {
  readonly store: SessionStore;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const durable: RedisSettings = { appendonly: 'yes', appendfsync: 'always' };

/** A store, and what ends its client. */
export interface Connected {
  readonly store: SessionStore;
  close(): void;
}

/** @param connect by the client under test */
export async function durableRedis(
  connect: (url: string) => Promise<Connected>,
  settings: RedisSettings = durable,
): Promise<DurableStore> {
  const server = await startRedis(settings);
  const client = await connect(server.url);
  return {
    store: client.store,
    restart: () => server.restart(),
    async close() {
      client.close();
      await server.stop();
    },
  };
}

export async function durablePostgres(): Promise<DurableStore> {
  const server = await startPostgres({ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' });
  const pool = new pg.Pool({ connectionString: server.url, max: 20 });
  const store = pgStore(pool);
  await store.createTable();
  return {
    store,
    async restart() {
      const { rows } = await pool.query('select pg_backend_pid() as pid');
      killAll(parentOf(rows[0].pid));
      await server.restart();
    },
    async close() {
      await pool.end();
      await server.stop();
    },
  };
}

/** PostgreSQL is a process for each connection, and some more: all end at once, as the machine's power would end them. */
function killAll(postmaster: number): void {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === postmaster);
  for (const pid of [postmaster, ...children]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended between the listing and now.
    }
  }
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}
