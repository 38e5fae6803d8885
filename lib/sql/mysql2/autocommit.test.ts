import mysql, { type Pool, type PoolOptions } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { useMysql2Table } from '../../../checks/sql-drivers/use-mysql2-table.ts';
import { type Database, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(
  `transactions of mysql2 that nobody would commit${noServer ? `: ${noServer}` : ''}`,
  () => {
    const server = useMysql2Table();
    const { put, stored } = server;

    async function codeOf(work: Promise<unknown>): Promise<unknown> {
      const error: unknown = await work.catch((reason: unknown) => reason);
      return (error as { code?: unknown } | undefined)?.code;
    }

    const withPool = async (options: PoolOptions, work: (pool: Pool) => Promise<void>): Promise<void> => {
      const made = mysql.createPool({ uri: server.url, ...options });
      await work(made).finally(() => made.end());
    };
    const withoutAutocommit = (made: Pool): Database => {
      made.pool.on('connection', (connection) => connection.query('set autocommit = 0'));
      return database(made);
    };

    it('are told of on a pool without autocommit', async () => {
      await withPool({ connectionLimit: 1 }, async (made) => {
        const own = withoutAutocommit(made);
        expect(await codeOf(own.execute(put('A1')))).toBe('sql/autocommit-off');
        expect(await codeOf(own.all(sql`insert into t values (${'A2'}) returning v`))).toBe(
          'sql/autocommit-off',
        );
        expect(await stored()).toBe('');
        expect(await own.all(sql`select v from t`)).toEqual([]);
        await own.transaction((tx) => tx.execute(put('B1')));
        expect(await stored()).toBe('B1');
      });
      await withPool({}, async (made) => {
        const kept = await database(made).all(sql`insert into t values (${'B2'}) returning v`);
        expect(kept).toEqual([{ v: 'B2' }]);
      });
      expect(await stored()).toBe('B1 B2');
    });

    it('are told of on a connection without autocommit', async () => {
      const connection = await mysql.createConnection(server.url);
      const own = database(connection);
      await connection.query('set autocommit = 0');
      expect(await codeOf(own.execute(put('A1')))).toBe('sql/autocommit-off');
      expect(await codeOf(own.transaction((tx) => tx.execute(put('A2'))))).toBe('sql/autocommit-off');
      await connection.query('rollback');
      await own.transaction((tx) => tx.execute(put('B1')));
      await connection.query('set autocommit = 1');
      await own.execute(put('B2'));
      await connection.end();
      expect(await stored()).toBe('B1 B2');
    });

    it('are told of on a pool where a statement begins one, or another left one open', async () => {
      await withPool({ connectionLimit: 1 }, async (made) => {
        const own = database(made);
        expect(await codeOf(own.execute(sql`begin`))).toBe('sql/begin-on-pool');
        const left = await made.getConnection();
        await left.query('begin');
        left.release();
        expect(await codeOf(own.execute(put('A1')))).toBe('sql/begin-on-pool');
        await own.execute(put('B1'));
      });
      expect(await stored()).toBe('B1');
    });
  },
);
