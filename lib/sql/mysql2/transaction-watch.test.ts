import mysql, { type Connection, type Pool } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { useMysql2Table } from '../../../checks/sql-drivers/use-mysql2-table.ts';
import { type Database, DatabaseError, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('mariadb');
const over = 'sql/transaction-over';

describe.skipIf(noServer)(`the transactions of mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  // A lock that is not to be had in time ends the transaction, which it does not by itself.
  const server = useMysql2Table(['--innodb-rollback-on-timeout=ON']);
  const { put, stored } = server;
  let pool: Pool;
  let db: Database;

  beforeAll(async () => {
    const { admin, url } = server;
    await admin.query('create table z (a int unique)');
    await admin.query('insert into z values (1)');
    await admin.query('create procedure quiet() insert into t values ("P")');
    await admin.query('create procedure commits() commit');
    await admin.query('create procedure renews() begin commit; start transaction; end');
    await admin.query(
      'create procedure fails() begin commit; start transaction; insert into z values (1); end',
    );
    pool = mysql.createPool({ uri: url, connectionLimit: 3 });
    db = database(pool);
  });

  afterAll(() => pool.end());

  /** The kind or the code of what it was rejected with. */
  async function codeOf(work: Promise<unknown>): Promise<unknown> {
    try {
      await work;
      return 'resolved';
    } catch (error) {
      return error instanceof DatabaseError ? error.kind : (error as { code?: unknown }).code;
    }
  }

  describe('on one connection', () => {
    let connection: Connection;
    let own: Database;

    beforeAll(async () => {
      connection = await mysql.createConnection(server.url);
      own = database(connection);
    });

    afterAll(() => connection.end());

    /** A transaction that fails when `until` has come. */
    const failing = (until: Promise<void>): Promise<void> =>
      own.transaction(async (tx) => {
        await tx.execute(put('A1'));
        await until;
        await tx.execute(put('A2'));
        throw new Error('undo');
      });

    function gate(): { opened: Promise<void>; open(): void } {
      let open: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      return { opened, open };
    }

    it('are one after the other, whichever handle they are of', async () => {
      const { opened, open } = gate();
      const first = failing(opened);
      const others = [
        own.transaction((tx) => tx.execute(put('B1'))),
        database(connection).transaction((tx) => tx.execute(put('B2'))),
        own.execute(put('B3')),
      ];
      open();
      await expect(first).rejects.toThrow('undo');
      await Promise.all(others);
      expect(await stored()).toBe('B1 B2 B3');
    });

    it('are not waited for from inside', async () => {
      const outside = own.transaction(async (tx) => {
        await tx.execute(put('A1'));
        await own.execute(put('A2'));
      });
      expect(await codeOf(outside)).toBe('sql/outside-transaction');
      expect(await stored()).toBe('');
      await own.transaction((tx) => tx.execute(put('B1')));
      expect(await stored()).toBe('B1');
    });

    it('have one way to prepare', () => {
      expect(() => database(connection, { prepare: 'never' })).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
      expect(() => database(connection, { prepare: 'auto' })).not.toThrow();
    });

    it('join the one that the application began, and no other', async () => {
      await own.execute(sql`begin`);
      await own.transaction((tx) => tx.execute(put('A1')));
      await own.execute(put('A2'));
      await own.execute(sql`rollback`);
      expect(await stored()).toBe('');
      await connection.query('begin');
      await own.transaction((tx) => tx.execute(put('B1')));
      await connection.query('commit');
      expect(await stored()).toBe('B1');
    });
  });

  describe('are not ended by a statement', () => {
    it.each([
      ['create table', sql`create table if not exists y (a int)`],
      ['truncate', sql`truncate table z`],
      ['commit', sql`commit`],
      ['rollback', sql`rollback`],
      ['begin', sql`begin`],
    ])('%s, which is not sent', async (_, statement) => {
      const ended = db.transaction(async (tx) => {
        await tx.execute(put('A1'));
        await tx.execute(statement);
      });
      expect(await codeOf(ended)).toBe(over);
      const caught = db.transaction(async (tx) => {
        await tx.execute(put('A1'));
        await tx.execute(statement).catch(() => undefined);
        await tx.execute(put('A2'));
      });
      expect(await codeOf(caught)).toBe('transaction-failed');
      const inner = db.transaction(async (tx) => {
        await tx.execute(put('A1'));
        await tx.transaction((point) => point.execute(statement)).catch(() => undefined);
        await tx.execute(put('A2'));
      });
      expect(await codeOf(inner)).toBe('resolved');
      expect(await stored()).toBe('A1 A2');
      expect(await db.all(sql`select a from z`)).toEqual([{ a: 1 }]);
    });

    it('that ends none', async () => {
      await db.transaction(async (tx) => {
        await tx.execute(put('A1'));
        await tx.execute(sql`create temporary table w (a int)`);
        await tx.execute(sql`savepoint here`);
        await tx.execute(put('A2'));
        await tx.execute(sql`rollback to here`);
        await tx.execute(sql`drop temporary table w`);
        await tx.execute(sql`call quiet()`);
      });
      expect(await stored()).toBe('A1 P');
    });
  });

  describe('are over', () => {
    it.each([
      ['a procedure that commits', sql`call commits()`, over],
      ['one that begins another', sql`call renews()`, over],
      ['one that fails behind it', sql`call fails()`, 'unique'],
      ['a statement that is not known', sql`flush status`, over],
      ['one inside of another', sql`set statement max_statement_time = 9 for create table x (a int)`, over],
    ])('behind %s, and nothing is sent after it', async (_, statement, code) => {
      const ended = db.transaction(async (tx) => {
        await tx.execute(put('A1'));
        await tx.execute(statement);
      });
      expect(await codeOf(ended)).toBe(code);
      await server.admin.query('delete from t');
      await server.admin.query('drop table if exists x');
      const codes: unknown[] = [];
      const caught = db.transaction(async (tx) => {
        await tx.execute(put('A1'));
        codes.push(await codeOf(tx.execute(statement)));
        codes.push(await codeOf(tx.execute(put('A2'))));
        codes.push(await codeOf(tx.transaction((point) => point.execute(put('A3')))));
      });
      const left = await codeOf(caught);
      const next = code === over ? over : 'transaction-failed';
      expect([...codes, left]).toEqual([code, next, next, 'transaction-failed']);
      await server.admin.query('drop table if exists x');
      expect(await stored()).toBe('A1');
    });

    it('in a savepoint, too, and the error does not say that nothing was committed', async () => {
      const ended = db.transaction(async (tx) => {
        await tx.execute(put('A1'));
        await tx.transaction((point) => point.execute(sql`call commits()`)).catch(() => undefined);
        await tx.execute(put('A2')).catch(() => undefined);
      });
      const error = (await ended.catch((reason: unknown) => reason)) as DatabaseError;
      expect(error.kind).toBe('transaction-failed');
      expect(error.message).toMatch(/not committed as a whole/);
      expect(await stored()).toBe('A1');
    });

    it('where a lock was not to be had and the server rolls back, but not after a row that is there', async () => {
      const other = await mysql.createConnection(server.url);
      await other.query('begin');
      await other.query('update z set a = 1 where a = 1');
      await other.query('select * from z for update');
      const codes: unknown[] = [];
      const ended = db.transaction(async (tx) => {
        await tx.execute(sql`set innodb_lock_wait_timeout = 1`);
        await tx.execute(put('A1'));
        codes.push(await codeOf(tx.execute(sql`delete from z`)));
        codes.push(await codeOf(tx.execute(put('A2'))));
      });
      expect(await codeOf(ended)).toBe('transaction-failed');
      expect(codes).toEqual(['lock-timeout', 'transaction-failed']);
      expect(await stored()).toBe('');
      await other.end();
      await db.transaction(async (tx) => {
        await tx.execute(put('B1'));
        expect(await codeOf(tx.execute(sql`insert into z values (1)`))).toBe('unique');
        await tx.execute(put('B2'));
      });
      expect(await stored()).toBe('B1 B2');
    });

    it('behind a stream that ends them', async () => {
      const ended = db.transaction(async (tx) => {
        await tx.execute(put('A1'));
        for await (const _ of tx.stream(sql`call commits()`)) expect.unreachable();
      });
      expect(await codeOf(ended)).toBe(over);
      const kept = db.transaction(async (tx) => {
        for await (const _ of tx.stream(sql`select 1`)) await Promise.resolve();
        await tx.execute(put('A2'));
      });
      expect(await codeOf(kept)).toBe('resolved');
      expect(await stored()).toBe('A1 A2');
    });
  });
});
