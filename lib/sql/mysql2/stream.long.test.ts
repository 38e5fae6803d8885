import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { configureEvents } from '../../event/index.ts';
import { sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`a long stream on mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    ({ url, stop } = await startMariadb());
  });

  afterAll(() => stop());

  it('needs memory for a batch, and not for its rows', async () => {
    const pool = mysql.createPool(url);
    const query = sql`select seq, repeat('x', 10000) as pad from seq_1_to_100000`;
    const before = process.memoryUsage().rss;
    let [count, most] = [0, 0];
    for await (const { seq } of database(pool).stream<{ seq: number }>(query)) {
      expect(seq).toBe(++count);
      if (count % 1_000 !== 0) continue;
      most = Math.max(most, process.memoryUsage().rss - before);
      // A reader that is slower than the server.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(count).toBe(100_000);
    // The rows have 1 GB.
    expect(most).toBeLessThan(200 * 2 ** 20);
    await pool.end();
  }, 240_000);
});
