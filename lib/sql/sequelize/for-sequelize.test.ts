import { Sequelize } from 'sequelize';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { forSequelize } from './index.ts';

postgresTests('Sequelize', async (url) => {
  const sequelize = new Sequelize(url, { logging: false, pool: { max: 1 } });
  return {
    rows: async (query) => (await sequelize.query(...forSequelize(sequelize, query)))[0] as object[],
    rawObjects: [Sequelize.literal('1 or 1=1'), Sequelize.fn('now'), Sequelize.col('a')],
    close: () => sequelize.close(),
  };
});
