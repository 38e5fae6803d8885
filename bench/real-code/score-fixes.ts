/**
 * How many of the real vulnerabilities `bulwark scan` shows, and of how many of these it is silent at the fix.
 *
 * npx tsx bench/real-code/score-fixes.ts <folder of git mirrors> <folder for the code> [--part learn] [--only <source>] [-v]
 *
 * A slice is laid away: scan it once, and write its figure down before anything is mended.
 */
import { parseArgs } from 'node:util';
import { readFixes } from './fix-list.ts';
import { type Interval, wilson } from './interval.ts';
import { judgeFix } from './judge-fix.ts';
import { layOutFix } from './lay-out.ts';
import { type ShownScan, shownFindings } from './shown-findings.ts';
import { type Part, partOf, parts } from './split.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    part: { type: 'string', default: 'learn' },
    only: { type: 'string' },
    verbose: { type: 'boolean', short: 'v', default: false },
  },
});
const [mirrors, into] = positionals;
const part = values.part as Part;
if (mirrors === undefined || into === undefined || !parts.includes(part)) {
  console.error(
    'usage: score-fixes.ts <mirrors> <into> [--part learn|slice-1|slice-2|slice-3] [--only <source>] [-v]',
  );
  process.exit(2);
}

const counts = { application: { all: 0, found: 0, silent: 0 }, library: { all: 0, found: 0, silent: 0 } };
const projects = readFixes().filter(
  ({ source }) => partOf(source) === part && (values.only === undefined || source === values.only),
);
for (const project of projects) {
  const scans = new Map<string, Promise<ShownScan>>();
  const scan = (folder: string): Promise<ShownScan> => {
    const known = scans.get(folder) ?? shownFindings(folder);
    scans.set(folder, known);
    return known;
  };
  for (const fix of project.fixes) {
    let folders: ReturnType<typeof layOutFix>;
    try {
      folders = layOutFix(project, fix, { mirrors, into });
    } catch (error) {
      console.log(`not laid out  ${project.source} ${fix.id}: ${String(error).slice(0, 200)}`);
      continue;
    }
    const before = await scan(folders.before);
    const after = await scan(folders.after);
    const { found, isSilentAfter } = judgeFix(fix, before.findings, after.findings);
    const count = counts[project.kind];
    count.all++;
    if (found.length > 0) count.found++;
    if (isSilentAfter) count.silent++;
    if (values.verbose) {
      const verdict = found.length === 0 ? 'missed' : isSilentAfter ? 'shown ' : 'shown, and at the fix too';
      const [place] = fix.places;
      console.log(
        `${verdict}  ${project.source} ${fix.id} ${fix.rules.join(' or ')} ${place?.file}:${place?.line}`,
      );
    }
  }
}
for (const [kind, { all, found, silent }] of Object.entries(counts)) {
  if (all === 0) continue;
  const of = (interval: Interval): string => `${percent(interval.low)} to ${percent(interval.high)}`;
  console.log(
    `${kind}: ${found} of ${all} shown (${percent(found / all)}, 95 %: ${of(wilson(found, all))}), ${silent} of ${found} silent at the fix`,
  );
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
