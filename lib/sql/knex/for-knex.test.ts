import { type Knex, knex } from 'knex';
import { describe, expect, it } from 'vitest';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { sqliteTests } from '../../../checks/sql-adapters/sqlite-tests.ts';
import { sql } from '../index.ts';
import { forKnex } from './index.ts';

function rawObjects(db: Knex): unknown[] {
  return [db.raw('1 or 1=1'), db.ref('a'), db('users').select('name'), () => '1 or 1=1'];
}

postgresTests('Knex', async (url) => {
  const db = knex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } });
  return {
    rows: async (query) => (await db.raw<{ rows: object[] }>(...forKnex(db, query))).rows,
    rawObjects: rawObjects(db),
    close: () => db.destroy(),
  };
});

sqliteTests('Knex', {
  missing: missingSqlite('better-sqlite3'),
  storedDate: Date.parse('2026-07-01T12:34:56.789Z'),
  exactIntegers: true,
  async connect() {
    const connection = { filename: ':memory:' };
    const db = knex({ client: 'better-sqlite3', connection, useNullAsDefault: true });
    return {
      rows: (query) => db.transaction((tx) => tx.raw<object[]>(...forKnex(tx, query))),
      rawObjects: rawObjects(db),
      close: () => db.destroy(),
    };
  },
});

describe('forKnex', () => {
  it('refuses a backslash before a question mark on PostgreSQL, where Knex would take it away', () => {
    const db = knex({ client: 'pg' });
    const rewritten = expect.objectContaining({ code: 'sql/rewritten-text' });
    expect(() => forKnex(db, sql`select ${1}, '\\?'`)).toThrow(rewritten);
    expect(() => forKnex(db, sql`select '\\??'`)).toThrow(rewritten);
    expect(forKnex(db, sql`select ${'\\?'}, '\\d', '?'`)).toEqual(["select ?, '\\d', '\\?'", ['\\?']]);
  });

  it('writes as many question marks as Knex reads', () => {
    const db = knex({ client: 'pg' });
    const given = forKnex(db, sql`select ${1} ? 'a', ${2}?'b', '???', '????' -- ?`);
    expect(
      db
        .raw(...given)
        .toSQL()
        .toNative(),
    ).toEqual({
      ...{ sql: "select $1 ? 'a', $2?'b', '???', '????' -- ?", bindings: [1, 2] },
    });
  });

  it.each(['mysql', 'mysql2', 'mariadb'])(
    'refuses %s, where the values would be written into the text',
    (client) => {
      const db = { client: { dialect: 'mysql', driverName: client }, raw: () => undefined };
      expect(() => forKnex(db, sql`select ${1}`)).toThrow(
        expect.objectContaining({ code: 'sql/values-in-text' }),
      );
    },
  );

  it('refuses other databases', () => {
    for (const client of [{ dialect: 'mssql' }, {}]) {
      const db = { client, raw: () => undefined };
      expect(() => forKnex(db, sql`select ${1}`)).toThrow(
        expect.objectContaining({ code: 'sql/unknown-client' }),
      );
    }
    expect(() => forKnex(knex({ client: 'mysql2' }), sql`select 1`)).toThrow(
      expect.objectContaining({ code: 'sql/values-in-text' }),
    );
  });
});
