/**
 * Compares what the scanner says of every corpus with what is kept in checks/golden/facts and checks/golden/words.
 *
 *     npm run check:golden [-- --only rules,apps] [--out folder] [--write]
 *
 * `--out` writes the whole text into a folder as well; `--write` keeps it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareLines } from './compare.ts';
import { corpusNames } from './corpora.ts';
import { seeCorpora } from './see-corpora.ts';
import { seeRules } from './see-unit.ts';
import { showDifferences } from './show-differences.ts';
import { linesIn, type PartName, partNames, textOf } from './snapshot.ts';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    out: { type: 'string' },
    only: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});
const workers = Number(values.workers);
if (!(Number.isInteger(workers) && workers >= 1)) throw new Error('--workers takes a number from 1 on.');
const asked = values.only?.split(',') ?? [...corpusNames, 'about'];
const seen = await seeCorpora(
  asked.filter((name) => name !== 'about'),
  workers,
);
if (asked.includes('about')) seen.set('about', [seeRules()]);

let differs = false;
for (const part of partNames) {
  const texts = [...seen].map(([name, units]) => ({ name, text: textOf(name, units, part) }));
  const differences = texts.flatMap(({ name, text }) =>
    compareLines(linesIn(readKept(part, name)), linesIn(text)),
  );
  differs ||= differences.length > 0;
  for (const line of showDifferences(part, differences)) console.log(line);
  for (const { name, text } of texts) {
    if (values.out !== undefined) write(join(values.out, part), name, text);
    if (values.write) write(join(import.meta.dirname, part), name, text);
  }
}
if (differs && !values.write) {
  console.log('Keep what is meant to be so with: npm run check:golden -- --write');
  process.exitCode = 1;
}

function readKept(part: PartName, name: string): string {
  const file = join(import.meta.dirname, part, `${name}.txt`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.txt`), text);
}
