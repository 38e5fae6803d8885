import { loadModule } from 'libpg-query';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../machine/mariadb.ts';
import { missing } from '../machine/missing.ts';
import { missingSqlite } from '../machine/sqlite.ts';
import { disagreeMariadb } from './disagree-mariadb.ts';
import { disagreePostgres } from './disagree-postgres.ts';
import { disagreeSqlite } from './disagree-sqlite.ts';
import { fuzz } from './fuzz.ts';
import { serverModes, setModes } from './server-modes.ts';

const noSqlite = missingSqlite('better-sqlite3');
const reason = missing('mariadb');

/** How many texts each scanner is asked of. */
export interface Runs {
  readonly postgres: number;
  readonly sqlite: number;
  readonly mariadb: number;
}

/** The tokens that the library finds in made-up texts are those that the database's own scanner finds. */
export function tokenTests(seed: number, runs: Runs): void {
  describe(`the tokens of a text (seed ${seed})`, () => {
    it(`are those of PostgreSQL's scanner for ${runs.postgres} texts`, async () => {
      await loadModule();
      expect(await fuzz(disagreePostgres, runs.postgres, seed)).toBeGreaterThan(runs.postgres / 4);
    });
  });

  describe.skipIf(noSqlite)(`the tokens of a text on SQLite${noSqlite ? `: ${noSqlite}` : ''}`, () => {
    it(`are those of SQLite for ${runs.sqlite} texts`, async () => {
      const { default: Sqlite } = await import('better-sqlite3');
      const database = new Sqlite(':memory:');
      const decided = await fuzz((text) => disagreeSqlite(database, text), runs.sqlite, seed);
      database.close();
      expect(decided).toBeGreaterThan(runs.sqlite * 0.8);
    });
  });

  describe.skipIf(reason)(`the tokens of a text on MariaDB${reason ? `: ${reason}` : ''}`, () => {
    let connection: Connection;
    let stop = async (): Promise<void> => {};

    beforeAll(async () => {
      const server = await startMariadb();
      connection = await createConnection(server.url);
      stop = async () => {
        await connection.end();
        await server.stop();
      };
    });

    afterAll(() => stop());

    it.each(serverModes)(`are those of a server in the modes %j for ${runs.mariadb} texts`, async (modes) => {
      await setModes(connection, modes);
      const decided = await fuzz((text) => disagreeMariadb(connection, text, modes), runs.mariadb, seed);
      expect(decided).toBeGreaterThan(runs.mariadb * 0.75);
    });
  });
}
