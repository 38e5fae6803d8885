import mysql from 'mysql2/promise';
import pg from 'pg';
import postgresJs from 'postgres';
import { database as onBetterSqlite3 } from '../../lib/sql/better-sqlite3/index.ts';
import { sql } from '../../lib/sql/index.ts';
import { database as onMysql2 } from '../../lib/sql/mysql2/index.ts';
import { database as onPg } from '../../lib/sql/pg/index.ts';
import { database as onPostgres } from '../../lib/sql/postgres/index.ts';
import type { Opened } from './run-tests.ts';

const table = sql`create table if not exists polluted (id integer, name varchar(20))`;

async function prepared(opened: Opened): Promise<Opened> {
  await opened.db.execute(table);
  return opened;
}

/** A handle of each driver on a server that runs. */
export const connectors: Readonly<Record<string, (url: string) => Promise<Opened>>> = {
  pg(url) {
    const pool = new pg.Pool({ connectionString: url, max: 2 });
    return prepared({ db: onPg(pool), close: () => pool.end() });
  },
  'postgres.js'(url) {
    const client = postgresJs(url, { max: 2, onnotice: () => undefined });
    return prepared({ db: onPostgres(client), close: () => client.end({ timeout: 1 }) });
  },
  mysql2(url) {
    const pool = mysql.createPool({ uri: url, connectionLimit: 2 });
    return prepared({ db: onMysql2(pool), close: () => pool.end() });
  },
  async 'better-sqlite3'() {
    // An optional package, compiled for one release of Node.
    const { default: BetterSqlite3 } = await import('better-sqlite3');
    const connection = new BetterSqlite3(':memory:');
    return prepared({ db: onBetterSqlite3(connection), close: () => void connection.close() });
  },
};
