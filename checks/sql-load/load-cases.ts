import mysql from 'mysql2/promise';
import pg from 'pg';
import { type Database, sql } from '../../lib/sql/index.ts';
import { database as onMysql2 } from '../../lib/sql/mysql2/index.ts';
import { database as onPg } from '../../lib/sql/pg/index.ts';
import { startMariadb } from '../machine/mariadb.ts';
import type { Service } from '../machine/missing.ts';
import { startPostgres } from '../machine/postgres.ts';

/** A server that writes to the disk before it answers, and a pool on it. */
export interface LoadCase {
  readonly db: Database;
  crash(): Promise<void>;
  /** Connections of the pool that are not back, and requests that wait for one. */
  held(): number;
  /** Transactions that are open on the server. */
  open(): Promise<number>;
  stop(): Promise<void>;
}

export const loadCases: readonly (readonly [string, Service, () => Promise<LoadCase>])[] = [
  ['pg on PostgreSQL', 'postgres', startPg],
  ['mysql2 on MariaDB', 'mariadb', startMysql2],
];

async function startPg(): Promise<LoadCase> {
  const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
  // The users move units in any order; a second for each deadlock would leave nothing else to do.
  const server = await startPostgres({ ...durable, deadlock_timeout: '20ms' });
  const pool = new pg.Pool({ connectionString: server.url, max: 20 });
  const db = onPg(pool);
  return {
    db,
    crash: server.restart,
    held: () => pool.totalCount - pool.idleCount + pool.waitingCount,
    async open() {
      const query = sql`select count(*)::integer as open from pg_stat_activity where xact_start is not null and pid <> pg_backend_pid() and backend_type = 'client backend'`;
      return (await db.one<{ open: number }>(query)).open;
    },
    async stop() {
      await pool.end();
      await server.stop();
    },
  };
}

async function startMysql2(): Promise<LoadCase> {
  const server = await startMariadb(['--innodb-flush-log-at-trx-commit=1', '--max-connections=60']);
  const pool = mysql.createPool({ uri: server.url, connectionLimit: 20 });
  const db = onMysql2(pool);
  return {
    db,
    crash: server.restart,
    // It counts in lists of its own alone.
    held: () => lengthOf(pool.pool, '_allConnections') - lengthOf(pool.pool, '_freeConnections'),
    async open() {
      const query = sql`select count(*) as open from information_schema.innodb_trx where trx_mysql_thread_id <> connection_id()`;
      return Number((await db.one<{ open: unknown }>(query)).open);
    },
    async stop() {
      await pool.end();
      await server.stop();
    },
  };
}

function lengthOf(pool: object, name: string): number {
  return (pool as Record<string, { readonly length: number } | undefined>)[name]?.length ?? Number.NaN;
}
