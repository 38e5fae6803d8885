import { Kysely, sql as kyselySql, MysqlDialect } from 'kysely';
import { createPool } from 'mysql2';
import { describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { sql } from '../index.ts';
import { forMysql2 } from '../mysql2/index.ts';
import { forKysely } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`Kysely on MariaDB${noServer ? `: ${noServer}` : ''}`, () => {
  it('is refused, because its values are in the text, and end a literal under NO_BACKSLASH_ESCAPES', async () => {
    const server = await startMariadb();
    const pool = createPool({ uri: server.url, connectionLimit: 1 });
    const db = new Kysely<object>({ dialect: new MysqlDialect({ pool: pool as never }) });
    try {
      const name = "x' or 1=1 -- ";
      await db.executeQuery(kyselySql`set sql_mode = 'NO_BACKSLASH_ESCAPES'`.compile(db));
      const found =
        await kyselySql`select 1 as hit from (select 'a' as name) as t where name = ${name}`.execute(db);
      expect(found.rows).toEqual([{ hit: 1 }]);
      const query = sql`select 1 as hit from (select 'a' as name) as t where name = ${name}`;
      expect(() => forKysely(db, query)).toThrow(expect.objectContaining({ code: 'sql/values-in-text' }));
      expect((await pool.promise().execute(forMysql2(query)))[0]).toEqual([]);
    } finally {
      await db.destroy();
      await server.stop();
    }
  });
});
