import callbacks from 'mysql2';
import mysql, { type Pool, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { configureEvents } from '../../event/index.ts';
import { withRequest } from '../../request/context.ts';
import { sql } from '../index.ts';
import { database, forMysql2, guardMysql2 } from './index.ts';

const noServer = missing('mariadb');
const name = "x' or '1'='1";
const injected = `select id from person where name = '${name}'`;
const refused = { code: 'sql/input-in-text' };

describe.skipIf(noServer)(`guardMysql2${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let pool: Pool;
  let watcher: Pool;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startMariadb();
    url = server.url;
    watcher = mysql.createPool(url);
    await watcher.query('create table person (id int, name varchar(50))');
    await watcher.query("insert into person values (1, 'Ann'), (2, 'Bob')");
    pool = guardMysql2(mysql.createPool({ uri: url, connectionLimit: 2, multipleStatements: true }));
    stop = async () => {
      await pool.end();
      await watcher.end();
      await server.stop();
    };
  });
  afterAll(() => stop());

  const asked = <T>(work: () => T, query: object = { name }): T =>
    withRequest({ inputs: () => ({ query }) }, work);

  it('refuses a text that an input became part of, on promises', async () => {
    await asked(async () => {
      const held = await pool.getConnection();
      for (const client of [pool, held]) {
        await expect(client.query(injected)).rejects.toMatchObject(refused);
        await expect(client.query({ sql: injected })).rejects.toMatchObject(refused);
        await expect(client.execute(injected)).rejects.toMatchObject(refused);
        const [rows] = await client.execute<RowDataPacket[]>('select id from person where name = ?', ['Ann']);
        expect(rows).toEqual([{ id: 1 }]);
      }
      await expect(held.prepare(injected)).rejects.toMatchObject(refused);
      held.release();
      const [rows] = await pool.query(`select id from person where name = ${mysql.escape(name)}`);
      expect(rows).toEqual([]);
    });
    const [rows] = await pool.query<RowDataPacket[]>(injected);
    expect(rows.length).toBe(2);
  });

  it('refuses one, on callbacks, and throws without one', async () => {
    const core = guardMysql2(callbacks.createPool(url));
    const connection = guardMysql2(callbacks.createConnection(url));
    for (const client of [core, connection]) {
      for (const method of ['query', 'execute'] as const) {
        const error = await asked(
          () => new Promise((resolve) => client[method](injected, (reason: unknown) => resolve(reason))),
        );
        expect(error).toMatchObject(refused);
        const rows = await asked(
          () =>
            new Promise((resolve) =>
              client[method](
                { sql: 'select id from person where name = ?', values: ['Bob'] },
                (_: unknown, found: unknown) => resolve(found),
              ),
            ),
        );
        expect(rows).toEqual([{ id: 2 }]);
      }
      expect(() => asked(() => client.query(injected))).toThrow(expect.objectContaining(refused));
    }
    await new Promise((resolve) => core.end(resolve));
    connection.end();
  });

  it('never lets the server see several statements', async () => {
    const stacked = { code: 'sql/stacked-statements' };
    await expect(pool.query('select 1; delete from person')).rejects.toMatchObject(stacked);
    await expect(pool.query('select 1 as one;')).resolves.toMatchObject([[{ one: 1 }], {}]);
    const [rows] = await watcher.query('select count(*) as n from person');
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('refuses objects as values, but for a record behind SET', async () => {
    const object = { code: 'sql/object-parameter' };
    const text = 'select id from person where name = ?';
    await expect(pool.query(text, [{ name: 1 }])).rejects.toMatchObject(object);
    await expect(pool.query(text, { name: 1 })).rejects.toMatchObject(object);
    await expect(pool.query({ sql: text, values: [{ name: 1 }] })).rejects.toMatchObject(object);
    await expect(pool.execute(text, [{ name: 1 } as never])).rejects.toMatchObject(object);
    await expect(
      pool.query('update ?? set name = ? where id = ?', ['person', { a: 1 }, 9]),
    ).rejects.toMatchObject(object);
    await pool.query('update ?? set ? where id = ?', ['person', { name: 'Bob' }, 2]);
    await expect(pool.query('select id from person where id in (?)', [[1, 2]])).resolves.toBeDefined();
    await expect(pool.query('select ? as t', [mysql.raw('1')])).resolves.toBeDefined();
    const named = guardMysql2(await mysql.createConnection({ uri: url, namedPlaceholders: true }));
    await expect(named.execute('select :a as a', { a: 'x' })).resolves.toMatchObject([[{ a: 'x' }], {}]);
    await expect(named.query('select :a as a', { a: { b: 1 } })).rejects.toMatchObject(object);
    await named.end();
  });

  it('knows what a backslash does to the literal that follows', async () => {
    const query = { name: '\\', pass: ' or 1=1 -- ' };
    const text = `select id from person where name = '${query.name}' and name = '${query.pass}'`;
    await asked(() => expect(pool.query(text)).rejects.toMatchObject(refused), query);
    const escaped = `select id from person where name = '\\\\' and name = '${query.pass}'`;
    await asked(() => expect(pool.query(escaped)).resolves.toMatchObject([[], {}]), query);
  });

  it('lets statements of the tag pass, and is done once', async () => {
    expect(guardMysql2(pool)).toBe(pool);
    await asked(
      async () => {
        const query = sql`select id from person where id = '1' or id = ${7}`;
        await expect(pool.execute(forMysql2(query))).resolves.toMatchObject([[{ id: 1 }], {}]);
        expect(await database(pool).all(query)).toEqual([{ id: 1 }]);
      },
      { order: "id = '1'" },
    );
  });

  it('takes no cluster', () => {
    const cluster = callbacks.createPoolCluster();
    expect(() => guardMysql2(cluster)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
    cluster.end();
  });
});
