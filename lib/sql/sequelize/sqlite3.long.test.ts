import { Sequelize } from 'sequelize';
import { afterAll } from 'vitest';
import { sqliteTests } from '../../../checks/sql-adapters/sqlite-tests.ts';
import { installSqlite3 } from '../../../checks/sql-adapters/sqlite3-module.ts';
import { forSequelize } from './index.ts';

const { missing, module, remove } = await installSqlite3();
afterAll(remove);

sqliteTests('Sequelize with sqlite3', {
  missing,
  storedDate: '2026-07-01 12:34:56.789 +00:00',
  exactIntegers: false,
  async connect() {
    const storage = ':memory:';
    const sequelize = new Sequelize({ dialect: 'sqlite', dialectModule: module, storage, logging: false });
    return {
      rows: async (query) => (await sequelize.query(...forSequelize(sequelize, query)))[0] as object[],
      rawObjects: [Sequelize.literal('1 or 1=1'), Sequelize.fn('now'), Sequelize.col('a')],
      close: () => sequelize.close(),
    };
  },
});
