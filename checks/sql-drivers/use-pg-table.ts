import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type Database, sql } from '../../lib/sql/index.ts';
import { database } from '../../lib/sql/pg/index.ts';
import { startPostgres } from '../machine/postgres.ts';

/** A table `t` of a PostgreSQL, as `db` on a pool of three sees it, and as a connection beside it does. */
export interface PgTable {
  readonly pool: pg.Pool;
  readonly admin: pg.Client;
  readonly db: Database;
  insert(id: number, on?: Pick<Database, 'execute'>): Promise<number>;
  /** Those that are committed. */
  ids(): Promise<number[]>;
}

/**
 * Starts the server before the tests of the block, and empties the table before each one. After each, whatever
 * happened, every connection must be back, and none in a transaction. Only hooks and tests may read what it returns.
 */
export function usePgTable(): PgTable {
  const server = {
    insert: (id: number, on: Pick<Database, 'execute'> = server.db) =>
      on.execute(sql`insert into t (id) values (${id})`),
    ids: async () =>
      (await server.admin.query<{ id: number }>('select id from t order by id')).rows.map(({ id }) => id),
  } as PgTable;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const started = await startPostgres();
    const pool = new pg.Pool({ connectionString: started.url, max: 3 });
    const admin = new pg.Client(started.url);
    await admin.connect();
    await admin.query('create table t (id integer primary key, n integer not null default 0)');
    Object.assign(server, { pool, admin, db: database(pool) });
    stop = async () => {
      await admin.end();
      await pool.end();
      await started.stop();
    };
  });

  afterAll(() => stop());

  beforeEach(async () => {
    await server.admin.query('truncate t cascade');
  });

  afterEach(async () => {
    const { pool, admin } = server;
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
    expect(pool.waitingCount).toBe(0);
    const open = `select pid from pg_stat_activity where state like 'idle in transaction%'`;
    await expect.poll(async () => (await admin.query(open)).rows).toEqual([]);
  });

  return server;
}
