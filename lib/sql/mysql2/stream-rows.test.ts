import mysql, { type Pool } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { configureEvents } from '../../event/index.ts';
import { type Database, DatabaseError, type Sql, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`rows of mysql2${noServer ? `: ${noServer}` : ''}`, () => {
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
    await db.execute(sql`create table owner (id integer primary key)`);
    stop = async () => {
      await pool.end();
      await server.stop();
    };
  });

  afterAll(() => stop());

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

  describe('streams', () => {
    it.each([0, 1, 2, 3, 5, 8])('end by their signal, %i turns after rows were asked for', async (turns) => {
      const own = mysql.createPool({ uri: url, connectionLimit: 1 });
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
});
