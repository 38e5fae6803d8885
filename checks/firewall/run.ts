import { parseArgs } from 'node:util';
import { loadModule } from 'libpg-query';
import { firewallCases } from './corpus/firewall-cases.ts';
import { judgeCase } from './judge-case.ts';
import { payloadCases } from './payload-cases.ts';
import { tallyCases } from './tally-cases.ts';

/**
 * `npx tsx checks/firewall/run.ts [--family classic] [--ids] [--payloads]`: what the guard makes of each case, counted by
 * family, and the ids of those that it takes for what they are not.
 */
const { values } = parseArgs({
  options: { family: { type: 'string' }, ids: { type: 'boolean' }, payloads: { type: 'boolean' } },
});
await loadModule();
const all = values.payloads ? payloadCases() : firewallCases();
const { rows, wrong } = tallyCases(
  all.filter(({ family }) => values.family === undefined || family === values.family),
  judgeCase,
);
console.table(rows);
if (values.ids) for (const { id } of wrong) console.log(id);
