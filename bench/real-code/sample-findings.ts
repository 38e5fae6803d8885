/**
 * How much `bulwark scan` shows of maintained applications, and a sample of it for readers. The sample is uniform over all findings of
 * medium severity and more, and hides the confidence.
 *
 * npx tsx bench/real-code/sample-findings.ts <folder of git mirrors> <folder for the code> <sample.json> [--part learn] [--size 100] [--seed 1]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readApplications } from './application-list.ts';
import { layOut } from './lay-out.ts';
import { drawn } from './sample.ts';
import { type Shown, shownFindings } from './shown-findings.ts';
import { type Part, partOf, parts } from './split.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    part: { type: 'string', default: 'learn' },
    size: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
});
const [mirrors, into, output] = positionals;
const part = values.part as Part;
const [size, seed] = [Number(values.size), Number(values.seed)];
if (
  mirrors === undefined ||
  into === undefined ||
  output === undefined ||
  !parts.includes(part) ||
  !Number.isSafeInteger(size) ||
  !Number.isSafeInteger(seed)
) {
  console.error(
    'usage: sample-findings.ts <mirrors> <into> <sample.json> [--part learn] [--size 100] [--seed 1]',
  );
  process.exit(2);
}

const found: { source: string; folder: string; finding: Shown }[] = [];
let lines = 0;
for (const application of readApplications().filter(({ source }) => partOf(source) === part)) {
  const folder = layOut(application.source, application.commit, { mirrors, into });
  const scan = await shownFindings(folder);
  const serious = scan.findings.filter(({ severity }) => severity !== 'low');
  lines += scan.lines;
  found.push(...serious.map((finding) => ({ source: application.source, folder, finding })));
  const each = (serious.length / (scan.lines / 1000)).toFixed(2);
  console.log(
    `${application.source}: ${serious.length} of medium and more in ${scan.lines} lines, ${each} a kLOC`,
  );
}
const each = (found.length / (lines / 1000)).toFixed(3);
console.log(`all: ${found.length} in ${lines} lines, ${each} a kLOC`);

const sample = drawn(found, size, seed).map(({ source, folder, finding }, index) => {
  const { confidence: _, ...read } = finding;
  return { number: index + 1, source, folder, ...read, verdict: '', reason: '' };
});
writeFileSync(output, `${JSON.stringify(sample, null, 2)}\n`);
