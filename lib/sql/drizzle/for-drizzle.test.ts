import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { forDrizzle } from './index.ts';

postgresTests('Drizzle', async (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const db = drizzle(pool);
  return {
    rows: async (query) => (await db.execute(forDrizzle(db, query))).rows,
    rawObjects: [drizzleSql`1`, drizzleSql.raw('1 or 1=1'), drizzleSql.identifier('a')],
    reads: { date: '2026-07-01 12:34:56.789' },
    close: () => pool.end(),
  };
});
