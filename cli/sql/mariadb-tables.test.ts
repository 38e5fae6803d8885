import mysql from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { startMariadb } from '../../checks/machine/mariadb.ts';
import { missing } from '../../checks/machine/missing.ts';
import { readTarget } from '../db/target.ts';
import { mariadbTables } from './mariadb-tables.ts';
import { typesFile } from './types-file.ts';

const noMariadb = missing('mariadb');
describe.skipIf(noMariadb)(`the tables of MariaDB${noMariadb ? `: ${noMariadb}` : ''}`, () => {
  it('are those of the database in the URL, in its words', async () => {
    const server = await startMariadb();
    const connection = await mysql.createConnection({ uri: server.url });
    try {
      await connection.query(
        `create table order_items (id bigint unsigned auto_increment primary key, email varchar(20) not null, name text,
          price decimal(10, 2) not null default 0, data json, ok boolean not null, flag bit(1), day date,
          made timestamp not null default current_timestamp, raw varbinary(20), mood enum('sad', 'glad'), ratio double,
          word varchar(9) default 'NULL', total decimal(10, 2) as (price * 2) stored)`,
      );
      await connection.query('create table `x``"; y` (id int)');
      await connection.query("create table `it's` (`a'b` int, `a\"b` int)");
      const stdout = typesFile(await mariadbTables(readTarget('the URL', `${server.url}?sslmode=disable`)));
      expect(stdout).toContain(`const orderItemsColumns = {
  id: 'integer | default',
  email: 'string',
  name: 'string | null',
  price: 'decimal | default',
  data: 'json | null',
  ok: 'boolean',
  flag: 'any | null',
  day: 'date | null',
  made: 'date | default',
  raw: 'bytes | null',
  mood: 'string | null',
  ratio: 'number | null',
  word: 'string | null | default',
  total: 'decimal | null | default',
} as const;
export const orderItems: Table<typeof orderItemsColumns> = sql.table('order_items', orderItemsColumns);
`);
      expect(stdout).toContain(`const itSColumns = {
  'a\\'b': 'integer | null',
  // Left out: the column a"b, because sql.table does not accept its name.
} as const;
export const itS: Table<typeof itSColumns> = sql.table('it\\'s', itSColumns);
`);
      expect(stdout).toContain(
        '// Left out: the table x`"; y, because sql.table does not accept its name.\n',
      );
    } finally {
      await connection.end();
      await server.stop();
    }
  });
});
