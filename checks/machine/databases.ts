import mysql from 'mysql2/promise';
import pg from 'pg';
import { type Database, type Sql, sql } from '../../lib/sql/index.ts';
import type { DialectName } from '../../lib/sql/lex/dialect-name.ts';
import { database as onMysql } from '../../lib/sql/mysql2/index.ts';
import { database as onPostgres } from '../../lib/sql/pg/index.ts';
import { startMariadb } from './mariadb.ts';
import { missing } from './missing.ts';
import { startPostgres } from './postgres.ts';
import { missingSqlite, openSqlite } from './sqlite.ts';

export interface DatabaseKind {
  readonly title: string;
  readonly dialect: DialectName;
  /** Why it cannot run here, or undefined where it can. */
  readonly why: string | undefined;
  /** Types of columns that have other names on each. */
  readonly types: { readonly [T in 'double' | 'instant' | 'json' | 'bytes']: Sql };
  open(): Promise<{ readonly db: Database; readonly stop: () => unknown }>;
}

/** Each kind of database that statements are written for, empty, in UTC. */
export const databaseKinds: readonly DatabaseKind[] = [
  {
    title: 'PostgreSQL',
    dialect: 'postgres',
    why: missing('postgres'),
    types: { double: sql`double precision`, instant: sql`timestamptz`, json: sql`jsonb`, bytes: sql`bytea` },
    async open() {
      const server = await startPostgres();
      const pool = new pg.Pool({ connectionString: server.url, max: 4, options: '-c TimeZone=UTC' });
      return { db: onPostgres(pool), stop: () => pool.end().then(server.stop) };
    },
  },
  {
    title: 'MariaDB',
    dialect: 'mysql',
    why: missing('mariadb'),
    types: { double: sql`double`, instant: sql`datetime(6)`, json: sql`json`, bytes: sql`blob` },
    async open() {
      const server = await startMariadb();
      const pool = mysql.createPool({ uri: server.url, connectionLimit: 4, timezone: 'Z' });
      return { db: onMysql(pool), stop: () => pool.end().then(server.stop) };
    },
  },
  {
    title: 'SQLite',
    dialect: 'sqlite',
    why: missingSqlite('better-sqlite3') && missingSqlite('node:sqlite'),
    types: { double: sql`real`, instant: sql`text`, json: sql`text`, bytes: sql`blob` },
    async open() {
      const client = missingSqlite('better-sqlite3') ? 'node:sqlite' : 'better-sqlite3';
      const { db, close } = openSqlite(client, ':memory:');
      return { db, stop: close };
    },
  },
];
