import { connect as connectSocket } from 'node:net';
import mysql from 'mysql2/promise';
import { beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { kindOf } from '../../../checks/sql-drivers/kind-of.ts';
import { useMysql2 } from '../../../checks/sql-drivers/use-mysql2.ts';
import { sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`a session of mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  const server = useMysql2();
  const { connect, running } = server;

  describe('transactions', () => {
    beforeAll(async () => {
      await server.db.execute(sql`delete from owner`);
    });

    const owners = async () =>
      (await server.db.all<{ id: number }>(sql`select id from owner order by id`)).map(({ id }) => id);

    it('commit, roll back, and have savepoints', async () => {
      await server.db.transaction(async (tx) => {
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
        server.db.transaction(async (tx) => {
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
      const write = server.db.transaction((tx) => tx.execute(sql`delete from owner`), { readOnly: true });
      expect(await kindOf(write)).toBe('read-only');
      expect(
        await server.db.transaction((tx) => tx.all(sql`select id from owner`), { readOnly: true }),
      ).toHaveLength(2);
    });

    it('are tried anew after a deadlock', async () => {
      await server.db.execute(sql`delete from item`);
      await server.db.execute(sql`insert into item (id, price) values (1, 0), (2, 0)`);
      let first: () => void = () => undefined;
      const met = new Promise<void>((resolve) => {
        first = resolve;
      });
      let arrived = 0;
      const move = (from: number, to: number) => {
        let attempts = 0;
        return server.db.transaction(
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
      expect(await server.db.all(sql`select price from item`)).toEqual([
        { price: '2.00' },
        { price: '2.00' },
      ]);
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
      const one = mysql.createPool({ uri: server.url, connectionLimit: 1 });
      const own = database(one);
      const left = await one.getConnection();
      await left.query('begin');
      await left.query('insert into owner values (60)');
      left.release();
      await own.transaction((tx) => tx.execute(sql`insert into owner values (${61})`));
      expect(await owners()).not.toContain(60);
      expect(await owners()).toContain(61);
      await expect(own.execute(sql`begin`)).rejects.toMatchObject({ code: 'sql/begin-on-pool' });
      await own.execute(sql`insert into owner values (${62})`);
      await one.end();
      expect(await owners()).toContain(62);
    });

    it('survive a connection that is lost, and say so', async () => {
      const lost = server.db.transaction(async (tx) => {
        const { id } = await tx.one<{ id: number }>(sql`select connection_id() as id`);
        await server.pool.query(`kill ${id}`);
        await tx.execute(sql`insert into owner values (${70})`);
      });
      expect(await kindOf(lost)).toBe('connection');
      expect(await owners()).not.toContain(70);
      const connection = await connect();
      const own = database(connection);
      await server.pool.query(`kill ${connection.threadId}`);
      expect(await kindOf(own.all(sql`select 1`))).toBe('connection');
      expect(await kindOf(own.all(sql`select 1`))).toBe('connection');
    });

    it('say that they may have been committed, where the connection is lost at the commit', async () => {
      const one = mysql.createPool({
        ...{ uri: server.url, connectionLimit: 1 },
        stream: () => {
          const socket = connectSocket(Number(new URL(server.url).port), '127.0.0.1');
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
      const slow = server.db.all(sql`select sleep(20) as 'limit-one'`, { timeoutMs: 300 });
      expect(await kindOf(slow)).toBe('timeout');
      expect(await running('limit-one')).toBe(0);
      const stopped = new Error('stopped');
      const controller = new AbortController();
      const aborted = server.db.all(sql`select sleep(20) as 'limit-two'`, { signal: controller.signal });
      setTimeout(() => controller.abort(stopped), 200);
      await expect(aborted).rejects.toBe(stopped);
      expect(await running('limit-two')).toBe(0);
      expect(await server.db.one(sql`select 1 as one`, { timeoutMs: 5_000 })).toEqual({ one: 1 });
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
      const one = mysql.createPool({ uri: server.url, connectionLimit: 1 });
      const held = await one.getConnection();
      expect(await kindOf(database(one).all(sql`select 1`, { timeoutMs: 100 }))).toBe('timeout');
      held.release();
      expect(await database(one).one(sql`select 1 as one`)).toEqual({ one: 1 });
      await one.end();
    });
  });
});
