import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import pg from 'pg';
import postgres from 'postgres';
import { type Database, sql } from '../../lib/sql/index.ts';
import { database as onMysql2 } from '../../lib/sql/mysql2/index.ts';
import { database as onPg } from '../../lib/sql/pg/index.ts';
import { database as onPostgres } from '../../lib/sql/postgres/index.ts';
import { startMariadb } from '../machine/mariadb.ts';
import type { Service } from '../machine/missing.ts';
import { startPostgres } from '../machine/postgres.ts';

/** A server that writes to the disk before it answers, and a pool on it. */
export interface LoadCase {
  readonly db: Database;
  crash(): Promise<void>;
  /** Connections of the pool that are not back, and requests that wait for one. */
  held(): number | Promise<number>;
  /** Transactions that are open on the server. */
  open(): Promise<number>;
  stop(): Promise<void>;
}

export const loadCases: readonly (readonly [string, Service, () => Promise<LoadCase>])[] = [
  ['pg on PostgreSQL', 'postgres', startPg],
  ['postgres.js on PostgreSQL', 'postgres', startPostgresJs],
  ['mysql2 on MariaDB', 'mariadb', startMysql2],
];

function startDurable(): ReturnType<typeof startPostgres> {
  const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
  // The users move units in any order; a second for each deadlock would leave nothing else to do.
  return startPostgres({ ...durable, deadlock_timeout: '20ms' });
}

async function openOnPostgres(db: Database): Promise<number> {
  const query = sql`select count(*)::integer as open from pg_stat_activity where xact_start is not null and pid <> pg_backend_pid() and backend_type = 'client backend'`;
  return (await db.one<{ open: number }>(query)).open;
}

async function startPg(): Promise<LoadCase> {
  const server = await startDurable();
  const pool = new pg.Pool({ connectionString: server.url, max: 20 });
  const db = onPg(pool);
  return {
    db,
    crash: server.restart,
    held: () => pool.totalCount - pool.idleCount + pool.waitingCount,
    open: () => openOnPostgres(db),
    async stop() {
      await pool.end();
      await server.stop();
    },
  };
}

async function startPostgresJs(): Promise<LoadCase> {
  const server = await startDurable();
  // By itself it waits up to 20 seconds before it opens a connection to a server that was down.
  const client = postgres(server.url, { max: 20, backoff: () => 0.05, onnotice: () => undefined });
  const db = onPostgres(client);
  return {
    db,
    crash: server.restart,
    // It counts nothing: all can be had at once, or some are lost.
    held: () => lacking(db, 20),
    open: () => openOnPostgres(db),
    async stop() {
      await client.end({ timeout: 5 });
      await server.stop();
    },
  };
}

/** How many of the connections cannot be had at the same time. */
async function lacking(db: Database, connections: number): Promise<number> {
  let [now, most] = [0, 0];
  let allAreHere = (): void => undefined;
  const together = new Promise<void>((resolve) => {
    allAreHere = resolve;
  });
  const hold = async (): Promise<void> => {
    now += 1;
    most = Math.max(most, now);
    if (most === connections) allAreHere();
    await Promise.race([together, sleep(10_000, undefined, { ref: false })]);
    now -= 1;
  };
  await Promise.all(Array.from({ length: connections }, () => db.transaction(hold)));
  return connections - most;
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
