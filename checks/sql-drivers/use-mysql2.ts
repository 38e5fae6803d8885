import mysql, { type Connection, type Pool } from 'mysql2/promise';
import { afterAll, beforeAll } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { type Database, sql } from '../../lib/sql/index.ts';
import { database } from '../../lib/sql/mysql2/index.ts';
import { startMariadb } from '../machine/mariadb.ts';

/** A MariaDB with the tables `item` and `owner`, and a pool of mysql2. */
export interface Mysql2Server {
  readonly url: string;
  readonly pool: Pool;
  readonly db: Database;
  connect(options?: object): Promise<Connection>;
  /** How many statements that hold `part` the server runs, apart from this question. */
  running(part: string): Promise<number>;
}

/** Starts the server before the tests of the block. Only hooks and tests may read what it returns. */
export function useMysql2(): Mysql2Server {
  const server = {
    connect: (options: object = {}) => mysql.createConnection({ uri: server.url, ...options }),
    running: async (part: string) => {
      const asked = `%${part}%`;
      const rows = await server.db.all(
        sql`select id from information_schema.processlist where info like ${asked} and id <> connection_id() and command <> 'Sleep'`,
      );
      return rows.length;
    },
  } as Mysql2Server;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const started = await startMariadb();
    const { url } = started;
    // What an application should not set, and some do.
    const pool = mysql.createPool({ uri: url, connectionLimit: 4, multipleStatements: true });
    const db = database(pool);
    await db.execute(
      sql`create table item (id bigint primary key, name varchar(200), price decimal(10, 2), bytes blob, born datetime(3),
        seen timestamp(3) null, settings json, ripe boolean)`,
    );
    await db.execute(sql`create table owner (id integer primary key)`);
    Object.assign(server, { url, pool, db });
    stop = async () => {
      await pool.end();
      await started.stop();
    };
  });

  afterAll(() => stop());

  return server;
}
