import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`a long stream of pg${noServer ? `: ${noServer}` : ''}`, () => {
  it('of 100,000 rows, 100 MB, takes memory for a batch', async () => {
    const server = await startPostgres();
    const pool = new pg.Pool({ connectionString: server.url, max: 1 });
    // From below: the collector leaves what a batch made until it is needed.
    let highest = 0;
    let count = 0;
    let bytes = 0;
    const before = process.memoryUsage();
    const query = sql`select i, repeat(chr(97 + i % 26), 1000) as text from generate_series(1, 100000) i`;
    for await (const { text } of database(pool).stream<{ text: string }>(query)) {
      count += 1;
      bytes += text.length;
      if (count % 1000 > 0) continue;
      const { heapUsed, external } = process.memoryUsage();
      highest = Math.max(highest, heapUsed + external - before.heapUsed - before.external);
    }
    expect([count, bytes]).toEqual([100_000, 100_000_000]);
    expect(highest).toBeLessThan(50_000_000);
    expect(pool.idleCount).toBe(1);
    await pool.end();
    await server.stop();
  });
});
