/** What every program of these tests begins with. */
export const prelude = `
import { sql, contains, endsWith, startsWith } from 'bulwark/sql';
import type { Columns, Database, InsertRow, ReadOnlyDatabase, RowSchema, Sql, UpdateRow } from 'bulwark/sql';
import { database, forPg } from 'bulwark/sql/pg';
import { forMysql2, database as onMysql2 } from 'bulwark/sql/mysql2';
import { forPostgres, database as onPostgres } from 'bulwark/sql/postgres';
import { database as onPglite } from 'bulwark/sql/pglite';
import { database as onBetterSqlite3 } from 'bulwark/sql/better-sqlite3';
import { database as onNodeSqlite } from 'bulwark/sql/node-sqlite';
import { trustedSql } from 'bulwark/unsafe/sql';
import { tableOf } from 'bulwark/sql/kysely';
import { fromDrizzle } from 'bulwark/sql/drizzle';
import { integer, pgTable, text as textColumn } from 'drizzle-orm/pg-core';
import type { Generated } from 'kysely';
import type { Pool } from 'pg';
import type { Pool as Mysql2Pool } from 'mysql2/promise';
import type { Sql as PostgresJs } from 'postgres';
declare const db: Database;
declare const reader: ReadOnlyDatabase;
declare const pool: Pool;
declare const mysqlPool: Mysql2Pool;
declare const postgresJs: PostgresJs;
declare const text: string;
declare const maybe: string | undefined;
declare const unknown: unknown;
declare const body: any;
declare const request: { readonly query: { readonly name?: string | string[]; readonly ids?: string | string[] } };
declare const person: RowSchema<{ id: number; name: string }>;
interface Shop {
  person: { id: Generated<number>; name: string };
}
const pets = pgTable('pets', { id: integer().primaryKey(), name: textColumn().notNull() });
const because = 'written here, in a test';
const users = sql.table('users', { id: 'integer | default', email: 'string', name: 'string | null', born: 'date | null' });
const orders = sql.table('orders', { id: 'integer | default', owner: 'integer', tags: 'string[]', paid: 'boolean | default' });
const query = sql\`select id, name from users\`;
`;
