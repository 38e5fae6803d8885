import { createRequire } from 'node:module';
import { type Knex, knex } from 'knex';
import { afterAll } from 'vitest';
import { sqliteTests } from '../../../checks/sql-adapters/sqlite-tests.ts';
import { installSqlite3 } from '../../../checks/sql-adapters/sqlite3-module.ts';
import { forKnex } from './index.ts';

const { missing, module, remove } = await installSqlite3();
afterAll(remove);

const load = createRequire(import.meta.url);
const SqliteClient = load('knex/lib/dialects/sqlite3') as new () => Knex.Client;

/** Knex's own client, with the module from another folder. */
class Client extends SqliteClient {
  _driver(): object {
    return module;
  }
}

sqliteTests('Knex with sqlite3', {
  missing,
  storedDate: Date.parse('2026-07-01T12:34:56.789Z'),
  exactIntegers: false,
  async connect() {
    const connection = { filename: ':memory:' };
    const db = knex({ client: Client as never, connection, useNullAsDefault: true });
    return {
      rows: (query) => db.raw<object[]>(...forKnex(db, query)),
      rawObjects: [db.raw('1 or 1=1'), db.ref('a')],
      close: () => db.destroy(),
    };
  },
});
