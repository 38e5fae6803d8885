/**
 * How much each scanner reports of released packages, which hold few holes: findings of medium confidence or better,
 * where it has such a word, and all of them where not, also for each thousand lines.
 *
 * npx tsx bench/scan/quality.ts [folder...]
 */
import { type Result, scanInRounds } from './rounds.ts';
import { missedWork } from './series.ts';
import { type Setup, say, withSetup } from './setup.ts';
import { table } from './table.ts';
import { makeTree, type Package, totalLines } from './tree.ts';

await withSetup(async (setup) => {
  for (const language of ['javascript', 'python'] as const) {
    const packages = setup.packages.filter((one) => one.language === language);
    if (packages.length > 0) await qualityOf(packages, setup);
  }
});

async function qualityOf(packages: readonly Package[], setup: Setup): Promise<void> {
  const sums = new Map<string, { findings: number; lines: number }>();
  const rows: string[][] = [];
  const notes: string[] = [];
  let names: string[] = [];
  for (const one of packages) {
    const tree = makeTree([one], 1);
    try {
      const results = await scanInRounds(setup.tools, tree, { ...setup, rounds: 1 });
      names = results.map(({ tool }) => tool);
      rows.push([one.name, kilo(one.lines), ...results.map((result) => cellOf(result, one.lines))]);
      for (const { tool, counts, failure } of results) {
        if (!counts) {
          notes.push(`${one.name}: ${tool} ${failure}.`);
          continue;
        }
        const sum = sums.get(tool) ?? { findings: 0, lines: 0 };
        sums.set(tool, { findings: sum.findings + counts.findings, lines: sum.lines + one.lines });
      }
      const step = { lines: tree.lines, files: tree.files.length, results };
      notes.push(...missedWork(step).map((line) => `${one.name}: ${line}`));
    } finally {
      tree.remove();
    }
  }
  const lines = totalLines(packages);
  const total = names.map((name) => {
    const sum = sums.get(name);
    if (sum === undefined) return 'none';
    // Beside totals of everything, one of less must say so.
    const part = sum.lines === lines ? '' : ` in ${kilo(sum.lines)} kLOC`;
    return rate(sum.findings, sum.lines) + part;
  });
  rows.push(['all', kilo(lines), ...total]);
  say(`\n${table(['findings (a kLOC)', 'kLOC', ...names], rows)}`);
  for (const note of notes) say(note);
}

function cellOf({ counts }: Result, lines: number): string {
  return counts === undefined ? 'failed' : rate(counts.findings, lines);
}

function rate(findings: number, lines: number): string {
  return `${findings} (${((findings * 1000) / lines).toFixed(2)})`;
}

function kilo(lines: number): string {
  return (lines / 1000).toFixed(1);
}
