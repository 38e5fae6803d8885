/**
 * What a guard costs: CPU time of the client a request, beside the same client without the guard and beside its peers, in
 * one process and in turns, inside a network namespace. On a warm connection; with `--fresh` on a connection of its own
 * for each request, where the difference is what one connection's check costs.
 *
 * npx tsx bench/fetch/cost.ts [--fresh] [--rounds 21] [--requests 1000] [--only node:http]
 */
import { parseArgs } from 'node:util';
import { runSealed } from '../../checks/machine/sealed.ts';
import { median, ratioOf } from '../interval.ts';
import type { RoundsPlan, RoundsReport } from './rounds.ts';

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '21' },
    requests: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
  },
});
const plan: RoundsPlan = {
  rounds: Number(values.rounds),
  requests: Number(values.requests),
  only: values.only,
  path: values.fresh ? '/close' : '/',
};
const network = { addresses: ['93.184.215.14/32'], hosts: ['93.184.215.14 bench.example'] };
const program = new URL('./rounds.ts', import.meta.url);
const report = (await runSealed(program, network, plan, {}, 3_600_000)) as RoundsReport;

const connection = values.fresh ? 'a connection each' : 'a kept connection';
console.log(`Node ${process.version}, ${plan.rounds} rounds of ${plan.requests} requests, ${connection}\n`);
console.log(`${'client'.padEnd(44)} us a request   ratio   95 % interval   us more`);
for (const [name, { bare, us }] of Object.entries(report)) {
  const base = report[bare]?.us ?? us;
  const { median: ratio, low, high } = ratioOf(us, base);
  const more = median(us.map((value, round) => value - (base[round] as number)));
  const interval = `${low.toFixed(3)} to ${high.toFixed(3)}`;
  const against =
    name === bare ? '' : `   ${ratio.toFixed(3)}   ${interval}   ${more.toFixed(1).padStart(7)}`;
  console.log(`${name.padEnd(44)} ${median(us).toFixed(1).padStart(12)}${against}`);
}
