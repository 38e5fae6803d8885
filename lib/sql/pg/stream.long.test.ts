import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { sql } from '../index.ts';
import { database } from './index.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are still needed. */
function held(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const noServer = missing('postgres');

describe.skipIf(noServer)(`a long stream of pg${noServer ? `: ${noServer}` : ''}`, () => {
  it('of 100,000 rows, 100 MB, takes memory for a batch', async () => {
    const server = await startPostgres();
    const pool = new pg.Pool({ connectionString: server.url, max: 1 });
    const samples: number[] = [];
    let count = 0;
    let bytes = 0;
    const query = sql`select i, repeat(chr(97 + i % 26), 1000) as text from generate_series(1, 100000) i`;
    for await (const { text } of database(pool).stream<{ text: string }>(query)) {
      count += 1;
      bytes += text.length;
      if (count % 5_000 === 0) samples.push(held());
    }
    expect([count, bytes]).toEqual([100_000, 100_000_000]);
    const [early = 0, ...later] = samples;
    expect(Math.max(...later) - early).toBeLessThan(5_000_000);
    expect(pool.idleCount).toBe(1);
    await pool.end();
    await server.stop();
  });
});
