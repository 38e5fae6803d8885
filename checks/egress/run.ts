import { parseArgs } from 'node:util';
import { allCases } from './chosen-cases.ts';
import type { EgressCase } from './egress-case.ts';
import { frontEnds } from './front-ends/index.ts';
import { runFrontEnd } from './run-front-end.ts';
import { tableOf } from './table.ts';

/** `npx tsx checks/egress/run.ts [--front-end createFetch] [--case 'tls: https localhost']`: the table, and each fault. */
const { values } = parseArgs({
  options: { 'front-end': { type: 'string' }, case: { type: 'string' }, verbose: { type: 'boolean' } },
});
const wanted = (one: EgressCase): boolean => values.case === undefined || one.name.includes(values.case);
const cases = allCases().filter(wanted);
const results = [];
for (const frontEnd of frontEnds) {
  if (values['front-end'] !== undefined && !frontEnd.name.includes(values['front-end'])) continue;
  const started = performance.now();
  const result = await runFrontEnd(frontEnd, cases);
  results.push(result);
  console.log(tableOf([result]).at(-1), `${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (frontEnd.control && !values.verbose) continue;
  for (const { name, faults, reasons } of result.verdicts) {
    if (faults.length > 0) console.log(`  ${faults.join(' ')} | ${name} | ${reasons.join('; ')}`);
  }
}
console.log(tableOf(results).join('\n'));
