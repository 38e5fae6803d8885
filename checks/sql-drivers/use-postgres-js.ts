import pg from 'pg';
import postgres from 'postgres';
import { afterAll, beforeAll } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { type Database, sql } from '../../lib/sql/index.ts';
import { database } from '../../lib/sql/postgres/index.ts';
import { startPostgres } from '../machine/postgres.ts';

/** A PostgreSQL with the tables `fruit` and `counter`, a client of postgres.js, and a pool of pg beside it. */
export interface PostgresJsServer {
  readonly url: string;
  readonly client: postgres.Sql;
  readonly db: Database;
  readonly pool: pg.Pool;
}

/** Starts the server before the tests of the block. Only hooks and tests may read what it returns. */
export function usePostgresJs(): PostgresJsServer {
  const server = {} as PostgresJsServer;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const started = await startPostgres();
    const { url } = started;
    const client = postgres(url, { max: 2, onnotice: () => undefined });
    const pool = new pg.Pool({ connectionString: url, max: 2 });
    const db = database(client);
    Object.assign(server, { url, client, pool, db });
    stop = async () => {
      await Promise.all([client.end({ timeout: 5 }), pool.end()]);
      await started.stop();
    };
    await db.execute(
      sql`create table fruit (id integer, name text, price numeric, bytes bytea, born timestamptz)`,
    );
    await db.execute(sql`insert into fruit (id, name) values (1, 'apple'), (2, 'pear')`);
    await db.execute(sql`create table counter (id integer primary key, n integer not null)`);
    await db.execute(sql`insert into counter values (1, 0), (2, 0)`);
  });

  afterAll(() => stop());

  return server;
}
