import { PGlite } from '@electric-sql/pglite';
import mysql from 'mysql2/promise';
import pg from 'pg';
import postgresJs from 'postgres';
import { database as onMysql2 } from '../../lib/sql/mysql2/index.ts';
import { database as onPg } from '../../lib/sql/pg/index.ts';
import { database as onPglite } from '../../lib/sql/pglite/index.ts';
import { database as onPostgres } from '../../lib/sql/postgres/index.ts';
import { startMariadb } from '../machine/mariadb.ts';
import { missing } from '../machine/missing.ts';
import { startPostgres } from '../machine/postgres.ts';
import { missingSqlite, openSqlite } from '../machine/sqlite.ts';
import type { Dialect, Opened } from './run-tests.ts';

export interface Driver {
  readonly name: string;
  readonly dialect: Dialect;
  readonly missing: string | undefined;
  open(): Promise<Opened>;
}

export const pglite: Driver = {
  name: 'PGlite',
  dialect: 'postgres',
  missing: undefined,
  async open() {
    const store = await PGlite.create();
    return { db: onPglite(store), close: () => store.close() };
  },
};

export const drivers: readonly Driver[] = [
  {
    name: 'pg',
    dialect: 'postgres',
    missing: missing('postgres'),
    async open() {
      const { url, stop } = await startPostgres();
      const pool = new pg.Pool({ connectionString: url, max: 2 });
      return { db: onPg(pool), close: () => pool.end().then(stop) };
    },
  },
  {
    name: 'postgres.js',
    dialect: 'postgres',
    missing: missing('postgres'),
    async open() {
      const { url, stop } = await startPostgres();
      const client = postgresJs(url, { max: 2 });
      return { db: onPostgres(client), close: () => client.end().then(stop) };
    },
  },
  {
    name: 'mysql2',
    dialect: 'mysql',
    missing: missing('mariadb'),
    async open() {
      const { url, stop } = await startMariadb();
      const pool = mysql.createPool({ uri: url, connectionLimit: 2 });
      return { db: onMysql2(pool), close: () => pool.end().then(stop) };
    },
  },
  ...(['better-sqlite3', 'node:sqlite'] as const).map(
    (name): Driver => ({
      name,
      dialect: 'sqlite',
      missing: missingSqlite(name),
      open: async () => openSqlite(name, ':memory:'),
    }),
  ),
];
