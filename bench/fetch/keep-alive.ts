/**
 * What a guard costs on a warm connection: CPU time of the client a request, beside the same client without the guard
 * and beside its peers, in one process and in turns, inside a network namespace.
 *
 * npx tsx bench/fetch/keep-alive.ts [rounds] [requests a round] [only names with this in them]
 */
import { runSealed } from '../../checks/machine/sealed.ts';
import { median, ratioOf } from './interval.ts';
import type { RoundsPlan, RoundsReport } from './rounds.ts';

const plan: RoundsPlan = {
  rounds: Number(process.argv[2] ?? 21),
  requests: Number(process.argv[3] ?? 1_000),
  only: process.argv[4] ?? '',
};
const network = { addresses: ['93.184.215.14/32'], hosts: ['93.184.215.14 bench.example'] };
const program = new URL('./rounds.ts', import.meta.url);
const report = (await runSealed(program, network, plan, {}, 3_600_000)) as RoundsReport;

console.log(`Node ${process.version}, ${plan.rounds} rounds of ${plan.requests} requests\n`);
console.log(`${'client'.padEnd(44)} us a request   ratio   95 % interval`);
for (const [name, { bare, us }] of Object.entries(report)) {
  const base = report[bare]?.us;
  const { median: ratio, low, high } = ratioOf(us, base ?? us);
  const against = name === bare ? '' : `   ${ratio.toFixed(3)}   ${low.toFixed(3)} to ${high.toFixed(3)}`;
  console.log(`${name.padEnd(44)} ${median(us).toFixed(1).padStart(12)}${against}`);
}
