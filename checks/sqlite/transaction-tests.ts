import { describe, expect, it } from 'vitest';
import { sql } from '../../lib/sql/index.ts';
import type { SqliteClient } from '../machine/sqlite.ts';
import { handleOn } from './handle.ts';
import { temporary } from './temporary.ts';

export function transactionTests(client: SqliteClient): void {
  const open = temporary(client);

  function counter(file?: string) {
    const one = open(file);
    one.exec('create table if not exists t (id integer primary key, n integer unique)');
    const rows = async () =>
      (await one.db.all<{ n: number }>(sql`select n from t order by id`)).map(({ n }) => n);
    return { ...one, rows };
  }

  describe('a transaction', () => {
    it('is committed, or rolled back as a whole', async () => {
      const { db, rows } = counter();
      expect(await db.transaction((tx) => tx.execute(sql`insert into t (n) values (1)`))).toBe(1);
      const failing = db.transaction(async (tx) => {
        await tx.execute(sql`insert into t (n) values (2)`);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await rows()).toEqual([1]);
    });

    it('has savepoints', async () => {
      const { db, rows } = counter();
      await db.transaction(async (tx) => {
        await tx.execute(sql`insert into t (n) values (1)`);
        const inner = tx.transaction(async (point) => {
          await point.execute(sql`insert into t (n) values (2)`);
          throw new Error('back');
        });
        await expect(inner).rejects.toThrow('back');
        await tx.transaction((point) => point.execute(sql`insert into t (n) values (3)`));
      });
      expect(await rows()).toEqual([1, 3]);
    });

    it('joins one that is open already', async () => {
      const { db, exec, rows } = counter();
      exec('begin');
      await db.transaction((tx) => tx.execute(sql`insert into t (n) values (1)`));
      exec('rollback');
      expect(await rows()).toEqual([]);
    });

    it('is not mixed with 49 others on the same connection, nor with single statements', async () => {
      const { db, rows } = counter();
      await db.execute(sql`insert into t (id, n) values (1, 0)`);
      const work = Array.from({ length: 50 }, (_, i) =>
        db.transaction(async (tx) => {
          const { n } = await tx.one<{ n: number }>(sql`select n from t where id = 1`);
          await new Promise((done) => setTimeout(done, i % 3));
          await tx.execute(sql`update t set n = ${n + 1} where id = 1`);
          if (i % 5 === 0) throw new Error('back');
        }),
      );
      const singles = Array.from({ length: 50 }, () =>
        db.execute(sql`update t set n = n + 100 where id = 1`),
      );
      const results = await Promise.allSettled([...work, ...singles]);
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(10);
      expect(await rows()).toEqual([40 + 50 * 100]);
    });

    it('is not mixed with that of another handle on the connection', async () => {
      const { connection, db, rows } = counter();
      const other = handleOn(client, connection);
      await Promise.all([
        expect(
          db.transaction(async (tx) => {
            await tx.execute(sql`insert into t (n) values (1)`);
            await new Promise((done) => setTimeout(done, 20));
            throw new Error('back');
          }),
        ).rejects.toThrow('back'),
        other.execute(sql`insert into t (n) values (2)`),
      ]);
      expect(await rows()).toEqual([2]);
      const inside = db.transaction(() => other.execute(sql`insert into t (n) values (3)`));
      await expect(inside).rejects.toMatchObject({ code: 'sql/outside-transaction' });
      expect(() => handleOn(client, connection, { integers: 'bigint' })).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    });

    it('does not go on in autocommit after SQLite has ended it', async () => {
      const { db, rows } = counter();
      await db.execute(sql`insert into t (n) values (1)`);
      for (const end of [sql`insert or rollback into t (n) values (1)`, sql`rollback`]) {
        const going = db.transaction(async (tx) => {
          await tx.execute(sql`insert into t (n) values (2)`);
          await tx.execute(end).catch(() => undefined);
          await expect(tx.execute(sql`insert into t (n) values (3)`)).rejects.toMatchObject({
            kind: 'transaction-failed',
          });
          await tx.transaction((point) => point.execute(sql`insert into t (n) values (4)`));
        });
        await expect(going).rejects.toMatchObject({ kind: 'transaction-failed' });
        // Nor does it report a commit that did not happen.
        const caught = db.transaction((tx) => tx.execute(end).catch(() => 'caught'));
        await expect(caught).rejects.toMatchObject({ kind: 'transaction-failed' });
        expect(await rows()).toEqual([1]);
      }
      await db.transaction((tx) => tx.execute(sql`insert into t (n) values (5)`));
      expect(await rows()).toEqual([1, 5]);
    });

    it('goes on after a constraint that did not hold, as SQLite does', async () => {
      const { db, rows } = counter();
      await db.transaction(async (tx) => {
        await tx.execute(sql`insert into t (n) values (1)`);
        await expect(tx.execute(sql`insert into t (n) values (1)`)).rejects.toMatchObject({ kind: 'unique' });
        await tx.execute(sql`insert into t (n) values (2)`);
      });
      expect(await rows()).toEqual([1, 2]);
    });

    it('ends when the file is as large as it may be', async () => {
      const { db, exec, rows } = counter('full.db');
      exec('create table large (bytes blob)');
      exec('pragma max_page_count = 20');
      const bytes = new Uint8Array(200_000);
      const going = db.transaction(async (tx) => {
        await tx.execute(sql`insert into t (n) values (1)`);
        await tx.execute(sql`insert into large (bytes) values (${bytes})`);
      });
      await expect(going).rejects.toMatchObject({ kind: 'other', databaseCode: 'SQLITE_FULL' });
      expect(await rows()).toEqual([]);
      expect(await db.execute(sql`insert into t (n) values (2)`)).toBe(1);
    });

    it('that is read-only writes nothing, and leaves the connection as it was', async () => {
      const { db, exec, rows } = counter();
      const write = sql`insert into t (n) values (1)`;
      const reading = db.transaction((tx) => tx.execute(write), { readOnly: true });
      await expect(reading).rejects.toMatchObject({ kind: 'read-only' });
      expect(await db.transaction((tx) => tx.all(sql`select n from t`), { readOnly: true })).toEqual([]);
      expect(await db.execute(write)).toBe(1);
      // Its owner made it read-only.
      exec('pragma query_only = on');
      expect(await db.transaction((tx) => tx.all(sql`select n from t`), { readOnly: true })).toHaveLength(1);
      await expect(db.execute(sql`delete from t`)).rejects.toMatchObject({ kind: 'read-only' });
      expect(await rows()).toEqual([1]);
    });

    it('has no other isolation than serializable', async () => {
      const { db } = counter();
      const work = async () => 1;
      const other = db.transaction(work, { isolation: 'read committed' });
      await expect(other).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
      await expect(db.transaction(work, { isolation: 'serializable' })).resolves.toBe(1);
    });

    it('says that another connection has the lock, and works once it has not', async () => {
      const { db, rows } = counter('shared.db');
      const { exec } = open('shared.db');
      exec('begin immediate');
      exec('insert into t (n) values (1)');
      const write = () => db.transaction((tx) => tx.execute(sql`insert into t (n) values (2)`));
      const error = { kind: 'lock-timeout', databaseCode: 'SQLITE_BUSY', status: 503 };
      await expect(write()).rejects.toMatchObject(error);
      await expect(db.execute(sql`insert into t (n) values (2)`)).rejects.toMatchObject(error);
      exec('commit');
      expect(await write()).toBe(1);
      expect(await rows()).toEqual([1, 2]);
    });

    it('that cannot be committed for a reader of the file is not left open', async () => {
      const { db, rows, exec } = counter('read.db');
      exec('insert into t (n) values (1)');
      const reader = open('read.db');
      reader.exec('begin; select * from t');
      await reader.db.all(sql`select * from t`);
      const write = () => db.transaction((tx) => tx.execute(sql`insert into t (n) values (2)`));
      await expect(write()).rejects.toMatchObject({ kind: 'lock-timeout' });
      reader.exec('commit');
      expect(await rows()).toEqual([1]);
      expect(await write()).toBe(1);
    });

    it('waits for its turn no longer than its limits say', async () => {
      const { db } = counter();
      let finish = (): void => {};
      const first = db.transaction(() => new Promise<void>((done) => (finish = done)));
      await expect(db.all(sql`select n from t`, { timeoutMs: 20 })).rejects.toMatchObject({
        kind: 'timeout',
      });
      const stop = new AbortController();
      const second = db.transaction(async () => 2, { signal: stop.signal });
      stop.abort(new Error('left'));
      await expect(second).rejects.toThrow('left');
      finish();
      await first;
      await expect(db.all(sql`select n from t`, { timeoutMs: 5_000 })).resolves.toEqual([]);
    });
  });
}
