import mysqlCallbacks from 'mysql2';
import type { Pool } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { kindOf } from '../../../checks/sql-drivers/kind-of.ts';
import { useMysql2 } from '../../../checks/sql-drivers/use-mysql2.ts';
import { type Sql, sql } from '../index.ts';
import { database, forMysql2 } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  const server = useMysql2();
  const { connect } = server;

  describe('statements', () => {
    it('are one a call on the server, as those of query are not', async () => {
      const stacked = 'select 1 as one; select 2 as two';
      await expect(server.pool.query(stacked)).resolves.toMatchObject([[[{ one: 1 }], [{ two: 2 }]], {}]);
      const made = { ...forMysql2(sql`select 1 as one`), sql: stacked };
      await expect(server.pool.execute(made)).rejects.toMatchObject({ errno: 1064 });
      await expect(server.pool.execute(forMysql2(sql`select 1 as one`))).resolves.toMatchObject([
        [{ one: 1 }],
        {},
      ]);
    });

    it('run on each kind of client', async () => {
      const callbacks = mysqlCallbacks.createPool(server.url);
      const connection = await connect();
      const held = await server.pool.getConnection();
      for (const client of [server.pool, callbacks, connection, held]) {
        expect(await database(client).one(sql`select ${'a'} as letter`)).toEqual({ letter: 'a' });
      }
      held.release();
      await connection.end();
      await callbacks.promise().end();
      expect(() => database({} as Pool)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
      expect(() => database(server.pool, { prepare: 'maybe' as never })).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    });

    it('run only as the tag made them', async () => {
      const code = 'sql/string-built-query';
      for (const query of ['select 1', { sql: 'select 1' }, undefined]) {
        await expect(server.db.all(query as unknown as Sql)).rejects.toMatchObject({ code });
      }
    });

    it('count what they changed or returned', async () => {
      await server.db.execute(sql`delete from item`);
      expect(await server.db.execute(sql`insert into item (id) values (1), (2), (3)`)).toBe(3);
      expect(await server.db.execute(sql`update item set name = ${'x'} where id > ${1}`)).toBe(2);
      expect(await server.db.execute(sql`select id from item`)).toBe(3);
      expect(await server.db.all(sql`delete from item where id = ${1} returning id`)).toEqual([{ id: 1 }]);
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
          server.db.one(
            sql`select ${'a'} as text, ${new Date(1_700_000_000_000)} as date, ${1} as number, ${new Uint8Array([7])} as bytes`,
          );
        const expected = await ask();
        Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
        try {
          expect(await ask()).toEqual(expected);
          const [rows] = await server.pool.execute({ ...forMysql2(sql`select ${'a'} as one`) });
          expect(rows).toEqual([{ one: 'a' }]);
        } finally {
          Reflect.deleteProperty(Object.prototype, name);
        }
      },
    );

    it('send no file, and do not wait for ever, when a server asks for one', async () => {
      const load = sql`load data local infile '/etc/hostname' into table owner`;
      expect(await kindOf(server.db.execute(load))).toBe('connection');
      expect(await server.db.all(sql`select * from owner`)).toEqual([]);
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
