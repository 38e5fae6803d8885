import { Kysely, sql as kyselySql, PostgresDialect } from 'kysely';
import pg from 'pg';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { forKysely } from './index.ts';

postgresTests('Kysely', async (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
  return {
    rows: async (query) => (await db.executeQuery<object>(forKysely(db, query))).rows,
    rawObjects: [kyselySql`1`, kyselySql.raw('1 or 1=1'), kyselySql.lit('x')],
    close: () => db.destroy(),
  };
});
