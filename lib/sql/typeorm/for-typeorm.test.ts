import { DataSource, Equal, Raw } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { sqliteTests } from '../../../checks/sql-adapters/sqlite-tests.ts';
import { sql } from '../index.ts';
import { forTypeorm } from './index.ts';

const rawObjects = [Raw('1 or 1=1'), Equal('x'), () => '1 or 1=1'];

postgresTests('TypeORM', async (url) => {
  const source = await new DataSource({ type: 'postgres', url, extra: { max: 1 } }).initialize();
  return {
    async rows(query) {
      const found = await source.query<object[]>(...forTypeorm(source, query));
      return found;
    },
    rawObjects,
    close: () => source.destroy(),
  };
});

sqliteTests('TypeORM', {
  missing: missingSqlite('better-sqlite3'),
  storedDate: '2026-07-01 12:34:56.789',
  exactIntegers: true,
  async connect() {
    const source = await new DataSource({ type: 'better-sqlite3', database: ':memory:' }).initialize();
    return {
      rows: (query) => source.transaction((manager) => manager.query<object[]>(...forTypeorm(source, query))),
      rawObjects,
      close: () => source.destroy(),
    };
  },
});

describe('forTypeorm', () => {
  it.each(['mysql', 'mariadb'] as const)(
    'refuses %s, where the values would be written into the text',
    (type) => {
      const source = new DataSource({ type });
      expect(() => forTypeorm(source, sql`select ${1}`)).toThrow(
        expect.objectContaining({ code: 'sql/values-in-text' }),
      );
    },
  );

  it.each(['mssql', 'oracle', 'sqljs', 'toString'])('refuses other databases: %s', (type) => {
    expect(() => forTypeorm({ options: { type } }, sql`select ${1}`)).toThrow(
      expect.objectContaining({ code: 'sql/unknown-client' }),
    );
  });
});
