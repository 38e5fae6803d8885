/**
 * Writes lib/fetch/address/ranges.ts from iana-special-purpose.tsv.
 *
 * With the two files that IANA publishes, it compares them with the table, and with `--write` takes them over:
 * `npx tsx checks/ranges/write-ranges.ts iana-ipv4-special-registry-1.csv iana-ipv6-special-registry-1.csv --write`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { compareRows } from './compare-rows.ts';
import { readRows, writeRows } from './range-row.ts';
import { rangesSource } from './ranges-source.ts';
import { readRegistry } from './read-registry.ts';

const table = join(root, 'checks/ranges/iana-special-purpose.tsv');
const registries = process.argv.slice(2).filter((argument) => argument !== '--write');
if (registries.length === 0) writeSource();
else compare(process.argv.includes('--write'));

function writeSource(): void {
  const { comment, rows } = readRows(readFileSync(table, 'utf8'));
  writeFileSync(join(root, 'lib/fetch/address/ranges.ts'), rangesSource(comment, rows));
}

function compare(write: boolean): void {
  const { comment, rows } = readRows(readFileSync(table, 'utf8'));
  const theirs = registries.flatMap((file) => readRegistry(readFileSync(file, 'utf8')));
  // Both files or none: half of them would read as a registry that lost its blocks.
  for (const mark of ['10.0.0.0/8', 'fc00::/7']) {
    if (!theirs.some(({ block }) => block === mark)) throw new Error(`${mark} is missing: name both files.`);
  }
  const differences = compareRows(rows, theirs);
  console.log(differences.length === 0 ? 'The table is as the registries are.' : differences.join('\n'));
  if (write) {
    const today = new Date().toISOString().slice(0, 10);
    writeFileSync(table, writeRows(comment.replace(/^# As of .*$/m, `# As of ${today}`), theirs));
    writeSource();
  } else if (differences.length > 0) process.exitCode = 1;
}
