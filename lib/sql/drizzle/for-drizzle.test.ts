import { sql as drizzleSql, type SQLWrapper } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { drizzle as drizzleMysql } from 'drizzle-orm/mysql2';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pgTable, timestamp } from 'drizzle-orm/pg-core';
import { drizzle as drizzleSingleStore } from 'drizzle-orm/singlestore';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { missingSqlite, openSqlite } from '../../../checks/machine/sqlite.ts';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { sqliteTests } from '../../../checks/sql-adapters/sqlite-tests.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { sql } from '../index.ts';
import { render } from '../render/render.ts';
import { forDrizzle } from './index.ts';

const rawObjects = [drizzleSql`1`, drizzleSql.raw('1 or 1=1'), drizzleSql.identifier('a')];

postgresTests('Drizzle', async (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const db = drizzle(pool);
  const clock = pgTable('clock', { at: timestamp({ precision: 3 }) });
  return {
    async rows(query) {
      const { rows } = await db.transaction((tx) => tx.execute(forDrizzle(tx, query)));
      // Drizzle gives the text of such a column to `execute`, and a date to its own queries.
      return rows.some((row) => 'at' in row) ? db.select().from(clock) : rows;
    },
    rawObjects,
    close: () => pool.end(),
  };
});

sqliteTests('Drizzle', {
  missing: missingSqlite('better-sqlite3'),
  storedDate: '2026-07-01T12:34:56.789Z',
  exactIntegers: true,
  async connect() {
    const { connection, close } = openSqlite('better-sqlite3', ':memory:');
    const db: BetterSQLite3Database = drizzleSqlite(connection as never);
    return {
      async rows(query) {
        if (/^\s*(?:select|--)/.test(render(query, sqlite).text)) return db.all(forDrizzle(db, query));
        db.run(forDrizzle(db, query));
        return [];
      },
      rawObjects,
      close: async () => close(),
    };
  },
});

describe('forDrizzle', () => {
  it('makes what `execute` takes', () => {
    const db = drizzle(new pg.Pool());
    const wrapper = forDrizzle(db, sql`select ${[1, 2]}::int[]`);
    expectTypeOf(wrapper).toEqualTypeOf<SQLWrapper>();
    expect((wrapper as unknown as { toQuery(): object }).toQuery()).toEqual({
      ...{ sql: 'select $1::int[]', params: ['{"1","2"}'], typings: ['none'] },
    });
  });

  it('refuses MySQL, where the values would be written into the text', () => {
    const db = drizzleMysql(mysql.createPool('mysql://app@localhost/shop'));
    expect(() => forDrizzle(db, sql`select ${1}`)).toThrow(
      expect.objectContaining({ code: 'sql/values-in-text' }),
    );
  });

  it('refuses other databases, and what is none', () => {
    const db = drizzleSingleStore(mysql.createPool('mysql://app@localhost/shop'));
    const pretending = {
      execute: () => undefined,
      constructor: { [Symbol.for('drizzle:entityKind')]: 'PgDatabase' },
    };
    for (const wrong of [db, pretending, { execute: () => undefined }]) {
      expect(() => forDrizzle(wrong as typeof pretending, sql`select ${1}`)).toThrow(
        expect.objectContaining({ code: 'sql/unknown-client' }),
      );
    }
  });
});
