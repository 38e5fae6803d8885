import { knex } from 'knex';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { forKnex } from './index.ts';

postgresTests('Knex', async (url) => {
  const db = knex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } });
  return {
    rows: async (query) => (await db.raw<{ rows: object[] }>(...forKnex(db, query))).rows,
    rawObjects: [db.raw('1 or 1=1'), db.ref('a'), db('users').select('name')],
    close: () => db.destroy(),
  };
});
