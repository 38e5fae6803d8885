import { connect as connectSocket } from 'node:net';
import mysqlCallbacks from 'mysql2';
import type { Connection, Pool } from 'mysql2/promise';
import mysql from 'mysql2/promise';
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
      sql`create table item (id bigint primary key, name varchar(200), price decimal(10, 2), bytes blob, born datetime(3), seen timestamp(3) null, settings json, ripe boolean)`,
    );
    await db.execute(sql`create table owner (id integer primary key)`);
    await db.execute(
      sql`create table pet (id integer primary key, email varchar(500), owner integer, age integer, name varchar(5) not null,
        constraint pet_email unique (email), constraint pet_owner foreign key (owner) references owner (id),
        constraint pet_age check (age > 0))`,
    );
    stop = async () => {
      await pool.end();
      await server.stop();
    };
  });

  afterAll(() => stop());

  const connect = (options: object = {}): Promise<Connection> =>
    mysql.createConnection({ uri: url, ...options });

  /** What the server runs, apart from this question. */
  async function running(part: string): Promise<number> {
    const asked = `%${part}%`;
    const rows = await db.all(
      sql`select id from information_schema.processlist where info like ${asked} and id <> connection_id() and command <> 'Sleep'`,
    );
    return rows.length;
  }

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
      const never = database(connection, { prepare: 'never' });
      const kept = await count();
      await never.all(sql`select id from item where id = ${1}`);
      expect(await count()).toBe(kept);
      await connection.end();
    });
  });

  describe('values', () => {
    it('come back as they went in', async () => {
      const [bytes, date] = [new Uint8Array([0, 255, 39, 92]), new Date(1_700_000_000_123)];
      const name = `O'Brien \\ \u{1F600} "%_|`;
      await db.execute(sql`delete from item`);
      await db.execute(
        sql`insert into item (id, name, price, bytes, born, seen, settings, ripe)
          values (${9_007_199_254_740_993n}, ${name}, ${19.99}, ${bytes}, ${date}, ${date}, ${sql.json({ a: ["'", null] })}, ${true})`,
      );
      const row = await db.one(
        sql`select cast(id as char) as id, name, price, bytes, born, seen, settings, ripe from item where id = ${9_007_199_254_740_993n} and ripe = ${true}`,
      );
      expect(row).toEqual({
        ...{
          id: '9007199254740993',
          name,
          price: '19.99',
          bytes: Buffer.from(bytes),
          born: date,
          seen: date,
        },
        ...{ settings: { a: ["'", null] }, ripe: 1 },
      });
      expect(await db.one(sql`select ${null} as nothing`)).toEqual({ nothing: null });
    });

    it('are numbers for limit and offset', async () => {
      await db.execute(sql`delete from item`);
      await db.execute(sql`insert into item (id) values (1), (2), (3)`);
      expect(await db.all(sql`select id from item order by id limit ${1} offset ${1}`)).toEqual([{ id: 2 }]);
      expect(await db.all(sql`select id from item order by id limit ${2n}`)).toEqual([{ id: 1 }, { id: 2 }]);
    });

    it.each([0, -0, 0n, false, 7, 1, true])(
      'are no number beside a text, which would fit any: %s',
      async (value) => {
        await db.execute(sql`delete from item`);
        await db.execute(sql`insert into item (id, name, price) values (1, 'secret', 0), (7, '7 more', 7)`);
        expect(await db.all(sql`select id from item where name = ${value}`)).toEqual([]);
        expect(await db.all(sql`select id from item where name in (${value}, ${'x'})`)).toEqual([]);
        expect(await db.execute(sql`update item set name = ${'x'} where ${value} = name`)).toBe(0);
        const [rows] = await pool.execute(forMysql2(sql`select id from item where name = ${value}`));
        expect(rows).toEqual([]);
        const ids = await db.all<{ id: number }>(
          sql`select id from item where id = ${value} or price = ${value}`,
        );
        expect(ids).toEqual(
          Number(value) === 0 ? [{ id: 1 }] : Number(value) === 7 ? [{ id: 7 }] : [{ id: 1 }],
        );
      },
    );

    it('are numbers where they are computed with', async () => {
      const row = await db.one(
        sql`select coalesce(null, ${5}) as a, greatest(9, ${10}) as b, json_set('{}', '$.n', ${5}) as c, ${1.5} as d`,
      );
      expect(row).toEqual({ a: 5, b: 10, c: { n: 5 }, d: 1.5 });
    });

    it.each([
      'LATIN1_SWEDISH_CI',
      'GBK_CHINESE_CI',
      'BIG5_CHINESE_CI',
      'SJIS_JAPANESE_CI',
      'UTF8_GENERAL_CI',
    ])('are not sent on a connection of the character set %s, in which some are others', async (charset) => {
      const connection = await connect({ charset });
      const own = database(connection);
      const name = '\u0161dmin \u{1F600} \\~';
      const ask = () => own.one(sql`select ${name} as name`);
      const code = 'sql/connection-charset';
      await expect(ask()).rejects.toMatchObject({ code });
      await expect(own.stream(sql`select 1`).next()).rejects.toMatchObject({ code });
      await connection.query('set names utf8mb4');
      expect(await ask()).toEqual({ name });
      await connection.query('set names gbk');
      await expect(ask()).rejects.toMatchObject({ code });
      await connection.end();
    });

    it('are no lists', async () => {
      const ask = db.all(sql`select id from item where id = ${[1, 2]}`);
      await expect(ask).rejects.toMatchObject({ code: 'sql/object-as-value' });
    });

    it.each(['0999-12-31T00:00:00Z', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'])(
      'are no date that the server makes null of: %s',
      async (text) => {
        const code = 'sql/invalid-value';
        await expect(db.all(sql`select ${new Date(text)} as date`)).rejects.toMatchObject({ code });
        const date = new Date('9999-12-30T23:59:59.999Z');
        expect(await db.one(sql`select ${date} as date`)).toEqual({ date });
      },
    );
  });

  describe('transactions', () => {
    beforeAll(async () => {
      await db.execute(sql`delete from owner`);
    });

    const owners = async () =>
      (await db.all<{ id: number }>(sql`select id from owner order by id`)).map(({ id }) => id);

    it('commit, roll back, and have savepoints', async () => {
      await db.transaction(async (tx) => {
        await tx.execute(sql`insert into owner values (${1})`);
        await expect(
          tx.transaction(async (inner) => {
            await inner.execute(sql`insert into owner values (${2})`);
            throw new Error('undo');
          }),
        ).rejects.toThrow('undo');
        await tx.transaction((inner) => inner.execute(sql`insert into owner values (${3})`));
      });
      expect(await owners()).toEqual([1, 3]);
      await expect(
        db.transaction(async (tx) => {
          await tx.execute(sql`delete from owner`);
          throw new Error('undo');
        }),
      ).rejects.toThrow('undo');
      expect(await owners()).toEqual([1, 3]);
    });

    it('have the isolation that was asked for, and this one only', async () => {
      const connection = await connect();
      const own = database(connection);
      const level = (options?: { isolation: 'serializable' }) =>
        own.transaction(async (tx) => {
          await tx.execute(sql`update owner set id = id`);
          // The server renews this table ten times a second.
          await tx.all(sql`select sleep(0.2)`);
          return tx.one(
            sql`select trx_isolation_level as level from information_schema.innodb_trx where trx_mysql_thread_id = connection_id()`,
          );
        }, options);
      expect(await level({ isolation: 'serializable' })).toEqual({ level: 'SERIALIZABLE' });
      expect(await level()).toEqual({ level: 'REPEATABLE READ' });
      await connection.end();
    });

    it('are read-only', async () => {
      const write = db.transaction((tx) => tx.execute(sql`delete from owner`), { readOnly: true });
      expect(await kindOf(write)).toBe('read-only');
      expect(
        await db.transaction((tx) => tx.all(sql`select id from owner`), { readOnly: true }),
      ).toHaveLength(2);
    });

    it('are tried anew after a deadlock', async () => {
      await db.execute(sql`delete from item`);
      await db.execute(sql`insert into item (id, price) values (1, 0), (2, 0)`);
      let first: () => void = () => undefined;
      const met = new Promise<void>((resolve) => {
        first = resolve;
      });
      let arrived = 0;
      const move = (from: number, to: number) => {
        let attempts = 0;
        return db.transaction(
          async (tx) => {
            attempts += 1;
            await tx.execute(sql`update item set price = price + 1 where id = ${from}`);
            arrived += 1;
            if (arrived === 2) first();
            await met;
            await tx.execute(sql`update item set price = price + 1 where id = ${to}`);
            return attempts;
          },
          { retries: 5 },
        );
      };
      const attempts = await Promise.all([move(1, 2), move(2, 1)]);
      expect(Math.max(...attempts)).toBeGreaterThan(1);
      expect(await db.all(sql`select price from item`)).toEqual([{ price: '2.00' }, { price: '2.00' }]);
    });

    it('join the one that a connection has open, and know its end', async () => {
      const connection = await connect();
      await connection.query('begin');
      const own = database(connection);
      await own.transaction((tx) => tx.execute(sql`insert into owner values (${50})`));
      await connection.query('rollback');
      expect(await owners()).not.toContain(50);
      await own.transaction((tx) => tx.execute(sql`insert into owner values (${51})`));
      await connection.query('rollback');
      expect(await owners()).toContain(51);
      await connection.end();
    });

    it('do not commit what another left open in the pool, and leave none open', async () => {
      const one = mysql.createPool({ uri: url, connectionLimit: 1 });
      const own = database(one);
      const left = await one.getConnection();
      await left.query('begin');
      await left.query('insert into owner values (60)');
      left.release();
      await own.transaction((tx) => tx.execute(sql`insert into owner values (${61})`));
      expect(await owners()).not.toContain(60);
      expect(await owners()).toContain(61);
      await own.execute(sql`begin`);
      await own.execute(sql`insert into owner values (${62})`);
      await one.end();
      expect(await owners()).toContain(62);
    });

    it('survive a connection that is lost, and say so', async () => {
      const lost = db.transaction(async (tx) => {
        const { id } = await tx.one<{ id: number }>(sql`select connection_id() as id`);
        await pool.query(`kill ${id}`);
        await tx.execute(sql`insert into owner values (${70})`);
      });
      expect(await kindOf(lost)).toBe('connection');
      expect(await owners()).not.toContain(70);
      const connection = await connect();
      const own = database(connection);
      await pool.query(`kill ${connection.threadId}`);
      expect(await kindOf(own.all(sql`select 1`))).toBe('connection');
      expect(await kindOf(own.all(sql`select 1`))).toBe('connection');
    });

    it('say that they may have been committed, where the connection is lost at the commit', async () => {
      const one = mysql.createPool({
        ...{ uri: url, connectionLimit: 1 },
        stream: () => {
          const socket = connectSocket(Number(new URL(url).port), '127.0.0.1');
          const write = socket.write.bind(socket);
          socket.write = ((bytes: Buffer, done: () => void) => {
            const written = write(bytes, done);
            if (bytes.includes('commit')) socket.destroy();
            return written;
          }) as typeof socket.write;
          return socket;
        },
      });
      const own = database(one);
      const work = own.transaction((tx) => tx.execute(sql`insert ignore into owner values (${90})`));
      expect(await kindOf(work)).toBe('commit-unknown');
      expect(await own.one(sql`select 1 as one`)).toEqual({ one: 1 });
      await one.end();
    });
  });

  describe('limits', () => {
    it('end a statement on the server', async () => {
      const slow = db.all(sql`select sleep(20) as 'limit-one'`, { timeoutMs: 300 });
      expect(await kindOf(slow)).toBe('timeout');
      expect(await running('limit-one')).toBe(0);
      const stopped = new Error('stopped');
      const controller = new AbortController();
      const aborted = db.all(sql`select sleep(20) as 'limit-two'`, { signal: controller.signal });
      setTimeout(() => controller.abort(stopped), 200);
      await expect(aborted).rejects.toBe(stopped);
      expect(await running('limit-two')).toBe(0);
      expect(await db.one(sql`select 1 as one`, { timeoutMs: 5_000 })).toEqual({ one: 1 });
    });

    it('end the statement that they are of, and no other on the connection', async () => {
      const connection = await connect();
      const own = database(connection);
      const first = own.one(sql`select 7 as seven, sleep(0.5) as slept`);
      const second = own.one(sql`select sleep(20)`, { timeoutMs: 100 });
      expect(await kindOf(second)).toBe('timeout');
      expect(await first).toEqual({ seven: 7, slept: 0 });
      expect(await own.one(sql`select 8 as eight`)).toEqual({ eight: 8 });
      await connection.end();
    });

    it('hold for the wait for a connection', async () => {
      const one = mysql.createPool({ uri: url, connectionLimit: 1 });
      const held = await one.getConnection();
      expect(await kindOf(database(one).all(sql`select 1`, { timeoutMs: 100 }))).toBe('timeout');
      held.release();
      expect(await database(one).one(sql`select 1 as one`)).toEqual({ one: 1 });
      await one.end();
    });
  });

  describe('streams', () => {
    const numbers = sql`select seq from seq_1_to_5000`;

    it('give every row in order', async () => {
      let expected = 1;
      for await (const { seq } of db.stream<{ seq: number }>(numbers, { batch: 7 }))
        expect(seq).toBe(expected++);
      expect(expected).toBe(5001);
    });

    it('can be left early, and the connection is as good as new', async () => {
      const one = mysql.createPool({ uri: url, connectionLimit: 1 });
      const own = database(one);
      const { id } = await own.one<{ id: number }>(sql`select connection_id() as id`);
      for (let i = 0; i < 3; i++) {
        for await (const { seq } of own.stream<{ seq: number }>(sql`select seq from seq_1_to_100000000`)) {
          if (seq === 250) break;
        }
        expect(await own.one(sql`select connection_id() as id`)).toEqual({ id });
      }
      await one.end();
    });

    it('refuse another statement on their connection, which would wait for ever', async () => {
      const work = db.transaction(async (tx) => {
        for await (const row of tx.stream(numbers)) await tx.one(sql`select ${String(row['seq'])} as n`);
      });
      await expect(work).rejects.toMatchObject({ code: 'sql/stream-open' });
      let read = 0;
      for await (const { seq } of db.stream<{ seq: number }>(sql`select seq from seq_1_to_3`)) {
        read += (await db.one<{ n: number }>(sql`select ${seq} as n`)).n;
      }
      expect(read).toBe(6);
    });

    it('end with their error, limit, or connection', async () => {
      const drain = async (query: Sql, options?: object) => {
        for await (const _ of db.stream(query, options));
      };
      expect(await kindOf(drain(sql`select nothing from owner`))).toBe('schema');
      expect(await kindOf(drain(sql`select sleep(20) as 'stream-one'`, { timeoutMs: 200 }))).toBe('timeout');
      expect(await running('stream-one')).toBe(0);
      const killed = (async () => {
        let first = true;
        for await (const { id } of db.stream<{ id: number }>(
          sql`select connection_id() as id, repeat('x', 1000) as pad from seq_1_to_1000000`,
        )) {
          if (first) await pool.query(`kill ${id}`);
          first = false;
        }
      })();
      expect(await kindOf(killed)).toBe('connection');
    });
  });

  describe('errors', () => {
    const secret = "s3cret' for key 'evil'";
    const insert = (id: number, email: string, owner: number | null, age: unknown, name: string | null) =>
      sql`insert into pet (id, email, owner, age, name) values (${id}, ${email}, ${owner}, ${age as number}, ${name})`;

    async function failed(work: Promise<unknown>): Promise<DatabaseError> {
      const error: unknown = await work.catch((reason: unknown) => reason);
      if (!(error instanceof DatabaseError)) throw new Error('It is no DatabaseError.', { cause: error });
      return error;
    }

    it('name the constraint, and hold no value', async () => {
      await db.execute(sql`delete from pet`);
      await db.execute(insert(1, secret, null, 1, 'a'));
      const long = `${'y'.repeat(470)}' for key 'evil'`;
      await db.execute(insert(2, long, null, 1, 'a'));
      const cases: [Sql, object][] = [
        [insert(3, secret, null, 1, 'a'), { kind: 'unique', constraint: 'pet_email', status: 409 }],
        [insert(1, 'x', null, 1, 'a'), { kind: 'unique', constraint: 'PRIMARY' }],
        [insert(4, 'x', 99, 1, 'a'), { kind: 'foreign-key', constraint: 'pet_owner', table: 'pet' }],
        [insert(4, 'x', null, -1, 'a'), { kind: 'check', constraint: 'pet_age', table: 'pet' }],
        [insert(4, 'x', null, 1, null), { kind: 'not-null', column: 'name', status: 400 }],
        [insert(4, 'x', null, 1, secret), { kind: 'data', column: 'name' }],
        [insert(4, 'x', null, secret, 'a'), { kind: 'data', column: 'age' }],
        [insert(4, 'x', null, 1e12, 'a'), { kind: 'data', column: 'age' }],
        [sql`select ${secret} from nowhere`, { kind: 'schema' }],
      ];
      for (const [query, expected] of cases) {
        const error = await failed(db.execute(query));
        expect(error).toMatchObject(expected);
        expect(JSON.stringify(error) + error.message + error.stack).not.toMatch(/s3cret|evil/);
      }
      const cut = await failed(db.execute(insert(3, long, null, 1, 'a')));
      expect(cut.kind).toBe('unique');
      expect(cut.constraint).not.toBe('evil');
    });

    it('tell a lock, a login and a full pool apart', async () => {
      await db.execute(sql`insert ignore into owner values (80)`);
      const waiting = db.transaction(async (tx) => {
        await tx.execute(sql`update owner set id = id where id = 80`);
        const connection = await connect();
        await connection.query('set innodb_lock_wait_timeout = 1');
        const kind = await kindOf(database(connection).execute(sql`update owner set id = id where id = 80`));
        await connection.end();
        return kind;
      });
      expect(await waiting).toBe('lock-timeout');
      const stranger = mysql.createPool({ uri: url, password: 'wrong' });
      expect(await kindOf(database(stranger).all(sql`select 1`))).toBe('login');
      await stranger.end();
      const none = mysql.createPool({ uri: url, connectionLimit: 1, waitForConnections: false });
      const held = await none.getConnection();
      expect(await kindOf(database(none).all(sql`select 1`))).toBe('pool');
      held.release();
      await none.end();
      expect(await kindOf(database(none).all(sql`select 1`))).toBe('pool');
      const nobody = mysql.createPool({ host: '127.0.0.1', port: 1 });
      expect(await kindOf(database(nobody).all(sql`select 1`))).toBe('connection');
      await nobody.end();
      const limited = sql`set statement max_statement_time = 0.2 for select sleep(10)`;
      expect(await kindOf(db.all(limited))).toBe('timeout');
    });
  });
});
