import mysqlCallbacks from 'mysql2';
import mysql from 'mysql2/promise';
import pg from 'pg';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { configureEvents } from '../../event/index.ts';
import { database as onBetterSqlite3 } from '../../sql/better-sqlite3/index.ts';
import { type Database, sql } from '../../sql/index.ts';
import { database as onMysql } from '../../sql/mysql2/index.ts';
import { database as onPg } from '../../sql/pg/index.ts';
import { database as onPostgres } from '../../sql/postgres/index.ts';
import { legitimateTexts } from '../corpus/sql.ts';
import { expectNoInjection } from './expect-no-injection.ts';

interface Client {
  readonly db: object;
  readonly guarded: Database;
  /** The value as a parameter, each way that the driver has. */
  readonly bound: readonly ((value: string) => unknown)[];
  /** A text that was put together, each way that the driver has. */
  readonly raw: readonly ((text: string) => unknown)[];
  /** The value as a part of the statement, each way that is this driver's own. */
  readonly own: readonly ((value: string) => unknown)[];
  rows(): Promise<number>;
}

const stops: (() => unknown)[] = [];
beforeAll(() => void configureEvents({ sinks: [] }));
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

const schema = 'create table person (name varchar(400))';
const count = 'select count(*) as n from person';

async function pgClient(): Promise<Client> {
  const server = await startPostgres();
  const pool = new pg.Pool({ connectionString: server.url, max: 2 });
  stops.push(server.stop, () => pool.end());
  await pool.query(schema);
  const held = await pool.connect();
  stops.push(() => held.release());
  return {
    db: pool,
    guarded: onPg(pool),
    bound: [
      (value) => pool.query('select * from person where name = $1', [value]),
      (value) => held.query({ text: 'select * from person where name = $1', values: [value] }),
    ],
    raw: [
      (text) => pool.query(text),
      (text) => held.query({ text }),
      (text) =>
        new Promise((done, fail) => pool.query(text, (error, rows) => (error ? fail(error) : done(rows)))),
      async (text) => {
        const client = await pool.connect();
        await client.query(text).finally(() => client.release());
      },
    ],
    own: [(value) => submitted(held, `select * from person where name = '${value}'`)],
    rows: async () => Number((await pool.query(count)).rows[0].n),
  };
}

/** What submits itself, and shows no text. */
function submitted(client: pg.PoolClient, text: string): Promise<unknown> {
  return new Promise((done) => {
    const ignored = ['RowDescription', 'DataRow', 'CommandComplete'].map((name) => [
      `handle${name}`,
      () => {},
    ]);
    client.query({
      ...Object.fromEntries(ignored),
      submit: (connection: pg.Connection) => connection.query(text),
      handleReadyForQuery: done,
      handleError: done,
    } as unknown as pg.Submittable);
  });
}

async function postgresClient(): Promise<Client> {
  const server = await startPostgres();
  const client = postgres(server.url, { max: 2, onnotice: () => {} });
  stops.push(server.stop, () => client.end());
  await client.unsafe(schema);
  return {
    db: client,
    guarded: onPostgres(client),
    bound: [(value) => client`select * from person where name = ${value}`],
    raw: [(text) => client.unsafe(text), (text) => client.begin((inner) => inner.unsafe(text))],
    own: [(value) => client`select * from person order by ${client(value)}`],
    rows: async () => Number((await client.unsafe(count))[0]?.['n']),
  };
}

async function mysqlClient(): Promise<Client> {
  const server = await startMariadb();
  const pool = mysql.createPool({ uri: server.url, connectionLimit: 2, multipleStatements: true });
  const core = mysqlCallbacks.createPool(server.url);
  stops.push(server.stop, () => pool.end());
  stops.push(() => new Promise((done) => core.end(done)));
  await pool.query(schema);
  const held = await pool.getConnection();
  stops.push(() => held.release());
  return {
    db: pool,
    guarded: onMysql(pool),
    bound: [
      (value) => pool.execute('select * from person where name = ?', [value]),
      // The driver writes the value into the text itself, after it was looked at.
      (value) => pool.query('select * from person where name = ?', [value]),
      (value) => pool.query({ sql: 'select * from person where name = ?', values: [value] }),
      (value) => held.query('select * from person where name = ? or name is null', [Number(value)]),
      (value) => pool.query('update person set ? where 1 = 0', { name: value }),
      (value) => pool.query('select * from person where name in (?)', [value.split(' ')]),
    ],
    raw: [
      (text) => pool.query(text),
      (text) => pool.execute(text),
      async (text) => {
        const connection = await pool.getConnection();
        await connection.query(text).finally(() => connection.release());
      },
      // Checked out before.
      (text) => held.query(text),
    ],
    own: [
      (value) => pool.query('select * from person where name = ?', [mysqlCallbacks.raw(value)]),
      (value) =>
        held.query({ sql: 'select * from person order by ?', values: [{ toSqlString: () => value }] }),
      (value) => pool.query('select * from person order by ??', [value]),
      (value) => pool.query('update person set ? where 1 = 0', { [value]: 1 }),
    ],
    rows: async () => Number(((await pool.query(count)) as unknown as [{ n: number }[]])[0][0]?.n),
  };
}

async function sqliteClient(): Promise<Client> {
  const { default: BetterSqlite3 } = await import('better-sqlite3');
  const db = new BetterSqlite3(':memory:');
  stops.push(() => db.close());
  db.exec(schema);
  const before = db.prepare('select * from person where name = ?');
  return {
    db,
    guarded: onBetterSqlite3(db),
    bound: [
      (value) => db.prepare('select * from person where name = ?').all(value),
      (value) => before.get(value),
    ],
    raw: [(text) => db.prepare(text).all(), (text) => db.exec(text)],
    own: [(value) => db.pragma(`table_info(${value})`)],
    rows: async () => Number((db.prepare(count).get() as { n: number }).n),
  };
}

const clients: readonly [string, string | undefined, () => Promise<Client>][] = [
  ['pg', missing('postgres'), pgClient],
  ['postgres.js', missing('postgres'), postgresClient],
  ['mysql2', missing('mariadb'), mysqlClient],
  ['better-sqlite3', missingSqlite('better-sqlite3'), sqliteClient],
];

describe.each(clients)('expectNoInjection on %s', (name, reason, open) => {
  describe.skipIf(reason)(reason ? `: ${reason}` : name, () => {
    let client: Client;
    beforeAll(async () => {
      client = await open();
    });

    it('is green for parameters, and for the tag', async () => {
      for (const run of client.bound) await expectNoInjection(client.db, run);
      await expectNoInjection(client.db, (value) =>
        client.guarded.all(sql`select * from person where name = ${value}`),
      );
      await expectNoInjection(client.db, (value) =>
        client.guarded.transaction((inner) => inner.all(sql`select * from person where name = ${value}`)),
      );
    });

    it('is red for a text with the value in it, and sends no payload', async () => {
      const rows = await client.rows();
      for (const raw of client.raw) {
        await expect(
          expectNoInjection(client.db, (value) => raw(`select * from person where name = '${value}'`), {
            payloads: ["'; insert into person values ('x'); --", "' or '1'='1"],
          }),
        ).rejects.toMatchObject({
          name: 'AssertionError',
          message: expect.stringMatching(/a payload changed the statement/),
        });
      }
      expect(await client.rows()).toBe(rows);
    });

    it('is red for a value that the driver makes a part of the statement, and does not send it', async () => {
      const rows = await client.rows();
      for (const run of client.own) {
        const payloads = ["' or '1'='1", '0); insert into person values (1'];
        await expect(expectNoInjection(client.db, run, { payloads })).rejects.toThrow(
          /changed the statement/,
        );
      }
      expect(await client.rows()).toBe(rows);
    });

    it('is red for a text whose quotes are doubled', async () => {
      const run = (value: string): unknown =>
        client.raw[0]?.(
          `select * from person where name = '${value.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`,
        );
      await expect(expectNoInjection(client.db, run)).rejects.toThrow(/^SQL injection: the value is part/);
    });

    it('takes a statement of its own for a value that is said to be harmless', async () => {
      const run = (value: string): unknown =>
        client.raw[0]?.(`select * from person order by ${value === 'name' ? 'name desc' : 'name'}`);
      const payloads = ['name', "' or 1=1 --"];
      await expectNoInjection(client.db, run, { payloads, harmless: ['name'] });
      await expect(expectNoInjection(client.db, run, { payloads })).rejects.toThrow(/changed the statement/);
      await expect(expectNoInjection(client.db, run)).rejects.toThrow(/^This test proves nothing/);
    });

    it('takes texts that only look like payloads', async () => {
      const [bound] = client.bound;
      await expectNoInjection(client.db, (value) => bound?.(value), {
        payloads: legitimateTexts.map(({ text }) => text),
      });
    });

    it('leaves the client as it was', async () => {
      const [raw] = client.raw;
      await raw?.("select 'never seen before'");
    });
  });
});

describe('expectNoInjection', () => {
  const db = { prepare: () => ({}), exec: () => {} };

  it('is red where nothing was sent, with the reason', async () => {
    await expect(expectNoInjection(db, () => {})).rejects.toThrow(
      /^This test proves nothing: no statement was sent/,
    );
    const cause = new Error('no such id');
    await expect(expectNoInjection(db, () => Promise.reject(cause))).rejects.toMatchObject({ cause });
  });

  it.each([undefined, {}, 'select 1', { query: () => {} }])('does not take %j', async (given) => {
    await expect(expectNoInjection(given as object, () => {})).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
  });

  it.each([{ payloads: [7] }, { payloads: [] }, { payload: ['x'] }, { harmless: 'x' }, { timeoutMs: '1s' }])(
    'does not take the options %j',
    async (options) => {
      await expect(expectNoInjection(db, () => {}, options as never)).rejects.toMatchObject({
        code: 'bulwark/invalid-option',
      });
    },
  );
});
