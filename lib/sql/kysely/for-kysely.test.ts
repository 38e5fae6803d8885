import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  sql as kyselySql,
  MssqlQueryCompiler,
  MysqlDialect,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  type SqliteDatabase,
  SqliteDialect,
} from 'kysely';
import pg from 'pg';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { missingSqlite, openSqlite } from '../../../checks/machine/sqlite.ts';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { sqliteTests } from '../../../checks/sql-adapters/sqlite-tests.ts';
import { sql } from '../index.ts';
import { forKysely } from './index.ts';

const rawObjects = [kyselySql`1`, kyselySql.raw('1 or 1=1'), kyselySql.lit('x'), kyselySql.ref('a')];

postgresTests('Kysely', async (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
  return {
    rows: async (query) => (await db.executeQuery<object>(forKysely(db, query))).rows,
    rawObjects,
    close: () => db.destroy(),
  };
});

sqliteTests('Kysely', {
  missing: missingSqlite('better-sqlite3'),
  storedDate: '2026-07-01T12:34:56.789Z',
  exactIntegers: true,
  async connect() {
    const { connection } = openSqlite('better-sqlite3', ':memory:');
    const db = new Kysely<object>({ dialect: new SqliteDialect({ database: connection as SqliteDatabase }) });
    return {
      // A transaction of Kysely is a client as well.
      rows: (query) =>
        db.transaction().execute(async (tx) => (await tx.executeQuery<object>(forKysely(tx, query))).rows),
      rawObjects,
      close: () => db.destroy(),
    };
  },
});

describe('forKysely', () => {
  const onPostgres = new PostgresDialect({ pool: new pg.Pool() });

  it('knows the database from the compiler, with plugins too', () => {
    const db = new Kysely<object>({ dialect: onPostgres, plugins: [new CamelCasePlugin()] });
    const query = sql`select ${1} as "someName"`;
    const compiled = forKysely(db, query);
    expect(compiled).toMatchObject({ sql: 'select $1 as "someName"', parameters: [1] });
    expect(forKysely(db.withoutPlugins(), query).queryId).not.toBe(compiled.queryId);
    expectTypeOf(db.executeQuery<{ a: number }>).toBeCallableWith(compiled);
  });

  it('refuses MySQL, where the values would be written into the text', () => {
    const db = new Kysely<object>({ dialect: new MysqlDialect({ pool: {} as never }) });
    expect(() => forKysely(db, sql`select ${1}`)).toThrow(
      expect.objectContaining({ code: 'sql/values-in-text' }),
    );
  });

  it('refuses other databases', () => {
    const db = new Kysely<object>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (of) => new PostgresIntrospector(of),
        createQueryCompiler: () => new MssqlQueryCompiler(),
      },
    });
    expect(() => forKysely(db, sql`select ${1}`)).toThrow(
      expect.objectContaining({ code: 'sql/unknown-client' }),
    );
  });
});
