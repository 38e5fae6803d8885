import mysql from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { kindOf } from '../../../checks/sql-drivers/kind-of.ts';
import { useMysql2 } from '../../../checks/sql-drivers/use-mysql2.ts';
import { type Sql, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`rows of mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  const server = useMysql2();
  const { running } = server;

  describe('streams', () => {
    it.each([0, 1, 2, 3, 5, 8])('end by their signal, %i turns after rows were asked for', async (turns) => {
      const own = mysql.createPool({ uri: server.url, connectionLimit: 1 });
      try {
        const leaving = new AbortController();
        const rows = database(own).stream(sql`select seq, repeat('x', 200) from seq_1_to_100000`, {
          ...{ batch: 50, signal: leaving.signal },
        });
        for (let i = 0; i < 50; i++) await rows.next();
        const rest = (async () => {
          for (;;) {
            const next = rows.next();
            for (let i = 0; i < turns; i++) await undefined;
            leaving.abort(new Error('gone'));
            if ((await next).done) return;
          }
        })();
        await expect(rest).rejects.toThrow('gone');
        expect(await database(own).one(sql`select 1 as one`)).toEqual({ one: 1 });
      } finally {
        await own.end();
      }
    });

    const numbers = sql`select seq from seq_1_to_5000`;

    it('give every row in order', async () => {
      let expected = 1;
      for await (const { seq } of server.db.stream<{ seq: number }>(numbers, { batch: 7 }))
        expect(seq).toBe(expected++);
      expect(expected).toBe(5001);
    });

    it('can be left early, and the connection is as good as new', async () => {
      const one = mysql.createPool({ uri: server.url, connectionLimit: 1 });
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
      const work = server.db.transaction(async (tx) => {
        for await (const row of tx.stream(numbers)) await tx.one(sql`select ${String(row['seq'])} as n`);
      });
      await expect(work).rejects.toMatchObject({ code: 'sql/stream-open' });
      let read = 0;
      for await (const { seq } of server.db.stream<{ seq: number }>(sql`select seq from seq_1_to_3`)) {
        read += (await server.db.one<{ n: number }>(sql`select ${seq} as n`)).n;
      }
      expect(read).toBe(6);
    });

    it('end with their error, limit, or connection', async () => {
      const drain = async (query: Sql, options?: object) => {
        for await (const _ of server.db.stream(query, options));
      };
      expect(await kindOf(drain(sql`select nothing from owner`))).toBe('schema');
      expect(await kindOf(drain(sql`select sleep(20) as 'stream-one'`, { timeoutMs: 200 }))).toBe('timeout');
      expect(await running('stream-one')).toBe(0);
      const killed = (async () => {
        let first = true;
        for await (const { id } of server.db.stream<{ id: number }>(
          sql`select connection_id() as id, repeat('x', 1000) as pad from seq_1_to_1000000`,
        )) {
          if (first) await server.pool.query(`kill ${id}`);
          first = false;
        }
      })();
      expect(await kindOf(killed)).toBe('connection');
    });
  });
});
