import { readCases } from './cases.ts';
import { findingsOf, isRight } from './judge.ts';

/**
 * Scores the scanner by labelled cases: for each rule how many bad ones it finds and how many good ones it
 * leaves alone, and the Youden score (true positive rate minus false positive rate). With `-v` it names
 * what it got wrong.
 *
 *     npx tsx cli/scan/testing/score.ts checks/scan/blind/*.cases
 */
const args = process.argv.slice(2);
const isLoud = args.includes('-v');
const stats = new Map<string, { found: number; missed: number; false: number; left: number }>();
for (const path of args.filter((arg) => !arg.startsWith('-'))) {
  for (const one of readCases(path)) {
    const findings = await findingsOf(one);
    const right = isRight(one, findings);
    const stat = stats.get(one.rule) ?? { found: 0, missed: 0, false: 0, left: 0 };
    stats.set(one.rule, stat);
    if (one.isBad) stat[right ? 'found' : 'missed']++;
    else stat[right ? 'left' : 'false']++;
    if (isLoud && !right) {
      const got = findings.map(({ rule, place }) => `${rule} ${place.path}:${place.line}`).join(', ');
      console.log(
        `${one.isBad ? 'missed' : 'false'} ${one.at} ${one.title} [${one.rule}] ${one.expected.join(' ')} got ${got}`,
      );
    }
  }
}
let sum = 0;
const all = { found: 0, missed: 0, false: 0, left: 0 };
for (const [rule, stat] of [...stats].sort(([a], [b]) => (a < b ? -1 : 1))) {
  for (const key of ['found', 'missed', 'false', 'left'] as const) all[key] += stat[key];
  sum += youden(stat);
  console.log(`${rule.padEnd(28)} ${line(stat)}`);
}
console.log(`${'all'.padEnd(28)} ${line(all)}, macro ${(sum / Math.max(1, stats.size)).toFixed(3)}`);

function youden({ found, missed, false: wrong, left }: typeof all): number {
  return found / Math.max(1, found + missed) - wrong / Math.max(1, wrong + left);
}

function line(stat: typeof all): string {
  return `found ${stat.found}, missed ${stat.missed}, false ${stat.false}, left alone ${stat.left}: ${youden(stat).toFixed(3)}`;
}
