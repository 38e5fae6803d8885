import { describe, expect, it } from 'vitest';
import { sql } from '../../lib/sql/index.ts';
import type { SqliteClient } from '../machine/sqlite.ts';
import { temporary } from './temporary.ts';

const numbers = (to: number) =>
  sql`with recursive c (n) as (select 1 union all select n + 1 from c where n < ${to}) select n from c`;
const leftovers = sql`select name from sqlite_temp_schema`;

export function streamTests(client: SqliteClient): void {
  const open = temporary(client);

  describe('a stream', () => {
    it('gives each row as `all` does', async () => {
      const { db } = open();
      const query = sql`select ${'012'} as n, ${new Uint8Array([1])} as b, null as "a b", 1.0 as r, 'x' as "\`;"
        union all select ${7}, ${'t'}, 'x', 2, ${1e300} order by 1`;
      const rows: unknown[] = [];
      for await (const row of db.stream(query, { batch: 1 })) rows.push(row);
      expect(rows).toEqual(await db.all(query));
      await new Promise(setImmediate);
      expect(await db.all(leftovers)).toEqual([]);
    });

    it('of 100,000 rows, 100 MB, takes memory for a batch', async () => {
      const { db } = open('rows.db');
      const rows = sql`select n, hex(zeroblob(500)) || n as text from (${numbers(100_000)})`;
      const before = process.memoryUsage().rss;
      let [count, sum, most] = [0, 0, 0];
      for await (const { n } of db.stream<{ n: number }>(rows)) {
        if (++count % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss - before);
        sum += n;
      }
      expect([count, sum]).toEqual([100_000, 5_000_050_000]);
      expect(most).toBeLessThan(80 * 2 ** 20);
    });

    it('holds up nobody: others write, and its rows are those of its start', async () => {
      const { db, exec } = open();
      exec('create table t (n integer)');
      exec('insert into t values (1), (2), (3)');
      const seen: number[] = [];
      for await (const { n } of db.stream<{ n: number }>(sql`select n from t`, { batch: 1 })) {
        seen.push(n);
        await db.execute(sql`insert into t (n) values (${n + 10})`);
        await db.transaction((tx) => tx.execute(sql`delete from t where n = ${3}`));
      }
      expect(seen).toEqual([1, 2, 3]);
      expect(await db.all(sql`select n from t order by n`)).toEqual([1, 2, 11, 12, 13].map((n) => ({ n })));
    });

    it('goes on while a transaction is open, and is cleared away after it', async () => {
      const { db } = open();
      const rows = db.stream(numbers(3), { batch: 1 });
      await rows.next();
      await expect(
        db.transaction(async () => {
          expect(await rows.next()).toEqual({ value: { n: 2 }, done: false });
          await rows.return();
          throw new Error('back');
        }),
      ).rejects.toThrow('back');
      await new Promise(setImmediate);
      expect(await db.all(leftovers)).toEqual([]);
    });

    it('runs in a transaction, beside its statements', async () => {
      const { db, exec } = open();
      exec('create table t (n integer)');
      await db.transaction(async (tx) => {
        await tx.execute(sql`insert into t (n) values (1), (2)`);
        for await (const { n } of tx.stream<{ n: number }>(sql`select n from t`, { batch: 1 })) {
          await tx.execute(sql`update t set n = ${n * 10} where n = ${n}`);
        }
        expect(await tx.all(leftovers)).toEqual([]);
      });
      expect(await db.all(sql`select n from t`)).toEqual([{ n: 10 }, { n: 20 }]);
    });

    it('runs where nothing may be written', async () => {
      const { exec, db } = open('read.db');
      exec('create table t (n integer); insert into t values (1), (2)');
      const read = async (from: typeof db) => {
        const rows: unknown[] = [];
        for await (const row of from.stream(sql`select n from t`, { batch: 1 })) rows.push(row);
        return rows;
      };
      const both = [{ n: 1 }, { n: 2 }];
      await db
        .transaction(
          async (tx) => {
            expect(await read(tx as typeof db)).toEqual(both);
            await expect((tx as typeof db).execute(sql`delete from t`)).rejects.toMatchObject({
              kind: 'read-only',
            });
          },
          { readOnly: true },
        )
        .catch(() => undefined);
      expect(await read(open('read.db', { readOnly: true }).db)).toEqual(both);
      exec('pragma query_only = on');
      expect(await read(db)).toEqual(both);
      await expect(db.execute(sql`delete from t`)).rejects.toMatchObject({ kind: 'read-only' });
    });

    it('takes a select, and changes nothing by another statement', async () => {
      const { db, exec } = open();
      exec('create table t (n integer); insert into t values (1)');
      for (const query of [sql`delete from t`, sql`delete from t returning n`, sql`select nothing from t`]) {
        await expect(db.stream(query).next()).rejects.toMatchObject({ kind: 'schema' });
      }
      expect(await db.all(sql`select n from t`)).toEqual([{ n: 1 }]);
      expect(await db.all(leftovers)).toEqual([]);
      expect(await db.stream(sql`select n from t`).next()).toEqual({ value: { n: 1 }, done: false });
    });

    it('ends between batches when its limits are over', async () => {
      const { db } = open();
      const stop = new AbortController();
      const rows = db.stream(numbers(10), { batch: 2, signal: stop.signal });
      await rows.next();
      stop.abort(new Error('left'));
      await rows.next();
      await expect(rows.next()).rejects.toThrow('left');
      await new Promise(setImmediate);
      expect(await db.all(leftovers)).toEqual([]);
    });

    it('may be left, and be one of many', async () => {
      const { db } = open();
      const sums = Array.from({ length: 20 }, async () => {
        for await (const { n } of db.stream<{ n: number }>(numbers(5), { batch: 1 })) if (n === 3) return n;
        return 0;
      });
      expect(await Promise.all(sums)).toEqual(new Array(20).fill(3));
      await new Promise(setImmediate);
      expect(await db.all(leftovers)).toEqual([]);
    });
  });
}
