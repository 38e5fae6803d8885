import mysqlCallbacks from 'mysql2';
import mysql, { type Connection, type Pool } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { configureEvents } from '../../event/index.ts';
import { type Database, DatabaseError, type Sql, sql } from '../index.ts';
import { database, forMysql2 } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let pool: Pool;
  let db: Database;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startMariadb();
    url = server.url;
    // What an application should not set, and some do.
    pool = mysql.createPool({ uri: url, connectionLimit: 4, multipleStatements: true });
    db = database(pool);
    await db.execute(
      sql`create table item (id bigint primary key, name varchar(200), price decimal(10, 2), bytes blob, born datetime(3),
        seen timestamp(3) null, settings json, ripe boolean)`,
    );
    await db.execute(sql`create table owner (id integer primary key)`);
    stop = async () => {
      await pool.end();
      await server.stop();
    };
  });

  afterAll(() => stop());

  const connect = (options: object = {}): Promise<Connection> =>
    mysql.createConnection({ uri: url, ...options });

  async function kindOf(work: Promise<unknown>): Promise<unknown> {
    const error: unknown = await work.catch((reason: unknown) => reason);
    return error instanceof DatabaseError ? error.kind : error;
  }

  describe('statements', () => {
    it('are one a call on the server, as those of query are not', async () => {
      const stacked = 'select 1 as one; select 2 as two';
      await expect(pool.query(stacked)).resolves.toMatchObject([[[{ one: 1 }], [{ two: 2 }]], {}]);
      const made = { ...forMysql2(sql`select 1 as one`), sql: stacked };
      await expect(pool.execute(made)).rejects.toMatchObject({ errno: 1064 });
      await expect(pool.execute(forMysql2(sql`select 1 as one`))).resolves.toMatchObject([[{ one: 1 }], {}]);
    });

    it('run on each kind of client', async () => {
      const callbacks = mysqlCallbacks.createPool(url);
      const connection = await connect();
      const held = await pool.getConnection();
      for (const client of [pool, callbacks, connection, held]) {
        expect(await database(client).one(sql`select ${'a'} as letter`)).toEqual({ letter: 'a' });
      }
      held.release();
      await connection.end();
      await callbacks.promise().end();
      expect(() => database({} as Pool)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
      expect(() => database(pool, { prepare: 'maybe' as never })).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    });

    it('run only as the tag made them', async () => {
      const code = 'sql/string-built-query';
      for (const query of ['select 1', { sql: 'select 1' }, undefined]) {
        await expect(db.all(query as unknown as Sql)).rejects.toMatchObject({ code });
      }
    });

    it('count what they changed or returned', async () => {
      await db.execute(sql`delete from item`);
      expect(await db.execute(sql`insert into item (id) values (1), (2), (3)`)).toBe(3);
      expect(await db.execute(sql`update item set name = ${'x'} where id > ${1}`)).toBe(2);
      expect(await db.execute(sql`select id from item`)).toBe(3);
      expect(await db.all(sql`delete from item where id = ${1} returning id`)).toEqual([{ id: 1 }]);
    });

    it.each([
      ...[
        ['rowsAsArray', true],
        ['nestTables', true],
        ['namedPlaceholders', true],
        ['typeCast', () => 'evil'],
      ],
      ...[
        ['typeCast', false],
        ['infileStreamFactory', () => 'evil'],
        ['timeout', 1],
        ['statement', { id: 1 }],
      ],
      ...[
        ['attributes', { a: 'b' }],
        ['dateStrings', true],
        ['timezone', '+09:00'],
        ['values', ['evil']],
      ],
      ...[
        ['sql', 'select 2'],
        ['stringifyObjects', true],
        ['queryFormat', () => 'evil'],
        ['toSqlString', () => 'evil'],
      ],
      ...[
        ['multipleStatements', true],
        ['supportBigNumbers', true],
        ['bigNumberStrings', true],
        ['disableEval', true],
      ],
    ] as [string, unknown][])(
      'give the same answer with a polluted Object.prototype.%s',
      async (name, value) => {
        const ask = () =>
          db.one(
            sql`select ${'a'} as text, ${new Date(1_700_000_000_000)} as date, ${1} as number, ${new Uint8Array([7])} as bytes`,
          );
        const expected = await ask();
        Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
        try {
          expect(await ask()).toEqual(expected);
          const [rows] = await pool.execute({ ...forMysql2(sql`select ${'a'} as one`) });
          expect(rows).toEqual([{ one: 'a' }]);
        } finally {
          Reflect.deleteProperty(Object.prototype, name);
        }
      },
    );

    it('send no file, and do not wait for ever, when a server asks for one', async () => {
      const load = sql`load data local infile '/etc/hostname' into table owner`;
      expect(await kindOf(db.execute(load))).toBe('connection');
      expect(await db.all(sql`select * from owner`)).toEqual([]);
    });

    it('leave no prepared statement behind that the choices of a client made', async () => {
      const connection = await connect();
      const own = database(connection);
      const count = async () => {
        const { Value } = await own.one<{ Value: string }>(
          sql`show global status like 'Prepared_stmt_count'`,
        );
        return Number(Value);
      };
      const ask = (ids: number[]) => own.all(sql`select id from item where id in (${sql.join(ids)})`);
      await ask([1]);
      const before = await count();
      for (let i = 1; i <= 60; i++) await ask(Array.from({ length: i }, (_, at) => at));
      expect((await count()) - before).toBeLessThanOrEqual(16);
      const other = await connect();
      const never = database(other, { prepare: 'never' });
      const kept = await count();
      await never.all(sql`select id from item where id = ${1}`);
      // The server does not answer that one is closed.
      await other.query('do 0');
      expect(await count()).toBe(kept);
      await other.end();
      await connection.end();
    });
  });
});
