import { inspect } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { configureEvents } from '../../event/index.ts';
import { type Database, DatabaseError, driverErrorOf, type Sql, sql } from '../index.ts';
import { database as onPglite } from '../pglite/index.ts';
import { forPg, database as onPg } from './index.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`pg${noServer ? `: ${noServer}` : ''}`, () => {
  let pool: pg.Pool;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    pool = new pg.Pool({ connectionString: server.url, max: 2 });
    stop = async () => {
      await pool.end();
      await server.stop();
    };
  });

  afterAll(() => stop());

  it('refuses a second statement on the server, even without values, as pg alone does not', async () => {
    const stacked = { text: 'select 1; select 2', values: [] };
    await expect(pool.query(stacked)).resolves.toHaveLength(2);
    // What forPg makes, with a text that the tag would not have taken.
    const { queryMode } = forPg(sql`select 1`);
    await expect(pool.query({ ...stacked, ...{ queryMode } })).rejects.toMatchObject({ code: '42601' });
  });

  it('runs on a client in a transaction', async () => {
    const client = await pool.connect();
    const db = onPg(client);
    await db.execute(sql`begin`);
    await db.execute(sql`create table t (id integer)`);
    await db.execute(sql`rollback`);
    client.release();
    await expect(onPg(pool).all(sql`select * from t`)).rejects.toMatchObject({ databaseCode: '42P01' });
  });

  it('throws errors of the database without their values', async () => {
    const error: unknown = await onPg(pool)
      .all(sql`select ${'s3cret'}::integer`)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({
      ...{ kind: 'data', databaseCode: '22P02', status: 400, statement: `select \${...}::integer` },
    });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('s3cret');
    expect(driverErrorOf(error as DatabaseError)).toBeInstanceOf(pg.DatabaseError);
  });

  it.each([
    ['types', {}],
    ['types', { getTypeParser: () => () => 'evil' }],
    ['name', 'evil'],
    ['rowMode', 'array'],
    ['rows', 1],
    ['binary', true],
    ['portal', 'evil'],
    ['query_timeout', 1],
    ['submit', () => undefined],
    ['callback', () => undefined],
    ['toPostgres', () => 'evil'],
  ])('gives the same answer with a polluted Object.prototype.%s', async (name, value) => {
    const [bytes, date] = [new Uint8Array([0, 39]), new Date(1_700_000_000_000)];
    const ask = () =>
      onPg(pool).one(
        sql`select ${'a'}::text as text, ${['b', null]}::text[] as list, ${date}::timestamptz as date,
          ${bytes}::bytea as bytes, ${1}::integer as number, ${sql.json({ c: 1 })}::jsonb as json`,
      );
    const expected = {
      ...{ text: 'a', list: ['b', null], date, bytes: Buffer.from(bytes), number: 1, json: { c: 1 } },
    };
    expect(await ask()).toEqual(expected);
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      expect(await ask()).toEqual(expected);
      // A copy, as libraries around pg make them, has a prototype again.
      const copied = await pool.query({ ...forPg(sql`select 1 as one`) });
      expect(copied.rows).toEqual([{ one: 1 }]);
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  });

  databaseTests(() => onPg(pool));
});

describe('PGlite', () => {
  let store: PGlite;

  beforeAll(async () => {
    store = await PGlite.create();
  });

  afterAll(() => store.close());

  it('refuses a second statement', async () => {
    await expect(store.query('select 1; select 2', [])).rejects.toMatchObject({ code: '42601' });
  });

  it('runs in a transaction', async () => {
    const found = store.transaction(async (transaction) => {
      await onPglite(transaction).execute(sql`create table u (id integer)`);
      return onPglite(transaction).all(sql`select * from u`);
    });
    await expect(found).resolves.toEqual([]);
  });

  databaseTests(() => onPglite(store));
});

/** What holds on every driver. */
function databaseTests(connect: () => Database): void {
  describe('a database', () => {
    let db: Database;

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      db = connect();
      await db.execute(sql`drop table if exists fruit`);
      await db.execute(
        sql`create table fruit (id integer, name text, price numeric, bytes bytea, born timestamptz)`,
      );
      await db.execute(sql`insert into fruit (id, name) values (1, 'apple'), (2, 'pear')`);
    });

    it('gives all rows, one, or perhaps one', async () => {
      expect(await db.all(sql`select id from fruit order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await db.one(sql`select name from fruit where id = ${1}`)).toEqual({ name: 'apple' });
      expect(await db.maybe(sql`select name from fruit where id = ${1}`)).toEqual({ name: 'apple' });
      expect(await db.maybe(sql`select name from fruit where id = ${9}`)).toBeUndefined();
    });

    it('gives not the first of several rows, and not one of none', async () => {
      const code = 'sql/not-one-row';
      await expect(db.one(sql`select * from fruit`)).rejects.toMatchObject({ code });
      await expect(db.maybe(sql`select * from fruit`)).rejects.toMatchObject({ code });
      await expect(db.one(sql`select * from fruit where false`)).rejects.toMatchObject({ code });
    });

    it('counts the rows that were changed or returned', async () => {
      expect(await db.execute(sql`update fruit set price = ${1.5}`)).toBe(2);
      expect(await db.execute(sql`update fruit set price = ${2} where false`)).toBe(0);
      expect(await db.execute(sql`update fruit set price = ${2} where id = ${1} returning id`)).toBe(1);
      expect(await db.execute(sql`select * from fruit`)).toBe(2);
      expect(await db.execute(sql`set statement_timeout = 0`)).toBe(0);
    });

    it('takes every kind of value', async () => {
      const [bytes, born] = [new Uint8Array([0, 255, 39]), new Date(1_700_000_000_000)];
      await db.execute(
        sql`insert into fruit (id, name, price, bytes, born) values (${3}, ${null}, ${10n}, ${bytes}, ${born})`,
      );
      const row = await db.one<{ bytes: Uint8Array }>(
        sql`select name, price::text, bytes, born, ${true}::boolean as ripe from fruit where id = ${3}`,
      );
      expect({ ...row, bytes: [...row.bytes] }).toEqual({
        ...{ name: null, price: '10', bytes: [0, 255, 39], born, ripe: true },
      });
    });

    it('takes lists', async () => {
      const ids = (list: readonly number[]) =>
        db.all<{ id: number }>(sql`select id from fruit where id = any(${list}) order by id`);
      expect(await ids([2, 1])).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await ids([])).toEqual([]);
      const { list } = await db.one<{ list: unknown }>(
        sql`select ${['a,b', '"', '\\', 'NULL', '{}', null]}::text[] as list`,
      );
      expect(list).toEqual(['a,b', '"', '\\', 'NULL', '{}', null]);
    });

    it('runs nothing that the tag did not make, by a rejection', async () => {
      const code = 'sql/string-built-query';
      const others: unknown[] = ['select 1', { text: 'select 1' }, undefined, Promise.resolve(sql`select 1`)];
      for (const query of others) {
        await expect(db.all(query as Sql)).rejects.toMatchObject({ code });
        await expect(db.execute(query as Sql)).rejects.toMatchObject({ code });
      }
      expect(await db.all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    });
  });
}
