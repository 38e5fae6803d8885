import { parseArgs } from 'node:util';
import { firewallCases } from './corpus/firewall-cases.ts';
import { judgeCase } from './judge-case.ts';
import { tallyCases } from './tally-cases.ts';

/** `npx tsx checks/firewall/run.ts [--family classic] [--ids]`: what the guard makes of each case, counted by family. */
const { values } = parseArgs({ options: { family: { type: 'string' }, ids: { type: 'boolean' } } });
const cases = firewallCases().filter(({ family }) => values.family === undefined || family === values.family);
const { rows, wrong } = tallyCases(cases, judgeCase);
console.table(rows);
if (values.ids) for (const { id } of wrong) console.log(id);
