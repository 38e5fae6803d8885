/**
 * Many rows from a cursor: how much the heap grows on the way (constant, where it is a stream), and what it costs.
 *
 * npx tsx bench/sql/stream.ts [--rows 100000] [--batch 100]
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { runBundled } from './bundled.ts';
import type { Streamed, StreamPlan } from './stream-rows.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, batch: { type: 'string', default: '100' } },
});
const server = await startPostgres();
try {
  const plan: StreamPlan = { url: server.url, rows: Number(values.rows), batch: Number(values.batch) };
  const streamed = await runBundled<Readonly<Record<string, Streamed>>>('./stream-program.ts', plan);
  console.log(`Node ${process.version}, ${plan.rows} rows, ${plan.batch} at a time`);
  for (const [name, { seconds, cpuSeconds, heapGrowth }] of Object.entries(streamed)) {
    const heap = `${(heapGrowth / 1e6).toFixed(2)} MB more heap at most`;
    console.log(`${name.padEnd(32)} ${heap}, ${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of CPU`);
  }
} finally {
  await server.stop();
}
