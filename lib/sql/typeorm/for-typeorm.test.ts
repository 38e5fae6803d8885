import { DataSource, Equal, Raw } from 'typeorm';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { forTypeorm } from './index.ts';

postgresTests('TypeORM', async (url) => {
  const source = await new DataSource({ type: 'postgres', url, extra: { max: 1 } }).initialize();
  return {
    rows: (query) => source.query<object[]>(...forTypeorm(source, query)),
    rawObjects: [Raw('1 or 1=1'), Equal('x'), () => '1 or 1=1'],
    close: () => source.destroy(),
  };
});
