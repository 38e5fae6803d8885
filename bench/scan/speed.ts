/**
 * bulwark scan beside other scanners on the same trees: CPU time, time on the clock and memory of whole processes, how
 * they grow with the tree, and what a second scan costs.
 *
 * npx tsx bench/scan/speed.ts [folder...] [--rounds 3] [--large] [--whole]
 */
import { scanAgain } from './again.ts';
import { scanInRounds } from './rounds.ts';
import { missedWork, type Step, seriesTable } from './series.ts';
import { type Setup, say, withSetup } from './setup.ts';
import { type Language, makeTree, type Package, smallestOf, totalLines } from './tree.ts';

const sizes = [10_000, 50_000, 100_000] as const;

await withSetup(async (setup) => {
  for (const language of ['javascript', 'python'] as const) {
    const packages = setup.packages.filter((one) => one.language === language);
    if (packages.length > 0) await speedOf(language, packages, setup);
  }
});

/**
 * Two series, as neither tells all: copies of the same packages have the same mix at each size, but give each name more
 * meanings than programs have; different packages grow as programs do, but not of one kind of code.
 */
async function speedOf(language: Language, packages: readonly Package[], setup: Setup): Promise<void> {
  const unit = smallestOf(packages, sizes[0]);
  const copied: Step[] = [];
  for (const size of [...sizes, ...(setup.large ? [1_000_000] : [])]) {
    copied.push(await stepOf(unit, Math.max(1, Math.round(size / totalLines(unit))), setup));
  }
  show(`${language}: ${namesOf(unit)}, copied`, copied, setup);

  const different: Step[] = [];
  const chosen = [...sizes, ...(setup.whole ? [Number.MAX_SAFE_INTEGER] : [])].map(
    (size) => smallestOf(packages, size).length,
  );
  const sorted = smallestOf(packages, Number.MAX_SAFE_INTEGER);
  for (const count of new Set(chosen)) different.push(await stepOf(sorted.slice(0, count), 1, setup));
  show(`${language}: of ${namesOf(sorted)} more and more`, different, setup);

  sayAgain(smallestOf(packages, sizes[2]), setup);
}

function show(title: string, steps: readonly Step[], { rounds }: Setup): void {
  say(`\n${title} (medians of ${rounds} rounds)\n\n${seriesTable(steps)}`);
  for (const step of steps) {
    for (const line of missedWork(step)) say(`${(step.lines / 1000).toFixed(1)} kLOC: ${line}`);
  }
}

function namesOf(packages: readonly Package[]): string {
  return packages.map(({ name }) => name).join(', ');
}

/** What a second scan costs, and whether it says the same. */
function sayAgain(packages: readonly Package[], setup: Setup): void {
  try {
    const { first, unchanged, edited, isSame } = scanAgain(setup.keeping, packages, setup);
    const share = (cpu: number): string => `${cpu.toFixed(2)} s (${(cpu / first).toFixed(2)})`;
    const size = (totalLines(packages) / 1000).toFixed(1);
    say(`\nbulwark again on ${size} kLOC, CPU: first ${share(first)}, unchanged ${share(unchanged)},`);
    for (const { name, comment, code } of edited)
      say(`a comment added to ${name}: ${share(comment)}, a function added: ${share(code)}`);
    const count = 2 * setup.rounds;
    say(
      isSame ? `${count} scans gave the same bytes.` : `NOT THE SAME: ${count} scans gave different bytes.`,
    );
  } catch (error) {
    say(`bulwark again on the smallest ${(error as Error).message}.`);
  }
}

async function stepOf(packages: readonly Package[], copies: number, setup: Setup): Promise<Step> {
  const tree = makeTree(packages, copies);
  try {
    const results = await scanInRounds(setup.tools, tree, setup);
    return { lines: tree.lines, files: tree.files.length, results };
  } finally {
    tree.remove();
  }
}
