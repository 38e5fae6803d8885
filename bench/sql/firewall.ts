/**
 * What the guard of pg costs: CPU time a statement without a server, for several kinds of texts and requests, and CPU
 * time and queries a second beside the same client without it, on a real PostgreSQL, in turns.
 *
 * npx tsx bench/sql/firewall.ts [--rounds 15] [--calls 400]
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { ratioOf } from '../interval.ts';
import { runBundled } from './bundled.ts';
import type { FirewallPlan, FirewallResult } from './firewall-rounds.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, calls: { type: 'string', default: '400' } },
});
const server = await startPostgres();
try {
  const plan: FirewallPlan = { url: server.url, rounds: Number(values.rounds), calls: Number(values.calls) };
  const { inspected, guarded, bare } = await runBundled<FirewallResult>('./firewall-program.ts', plan);
  console.log(
    `Node ${process.version}, ${plan.rounds} rounds; microseconds of CPU a statement, median and worst round`,
  );
  for (const [name, { us, worst }] of Object.entries(inspected)) {
    console.log(`${name.padEnd(60)} ${us.toFixed(2).padStart(10)} ${worst.toFixed(2).padStart(10)}`);
  }
  for (const name of Object.keys(guarded)) {
    const [own, theirs] = [guarded[name] ?? [], bare[name] ?? []];
    const cpu = ratioOf(
      own.map(({ us }) => us),
      theirs.map(({ us }) => us),
    );
    const rate = ratioOf(
      own.map(({ perSecond }) => perSecond),
      theirs.map(({ perSecond }) => perSecond),
    );
    const show = ({ median, low, high }: typeof cpu): string =>
      `${median.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
    console.log(`${name}: guarded / bare, CPU ${show(cpu)}, queries a second ${show(rate)}`);
  }
} finally {
  await server.stop();
}
