import { InitMistake } from '../init/init-mistake.ts';
import type { Change } from '../init/plan.ts';
import { openFolder } from '../init/read/folder.ts';
import { readManifest } from '../init/read/manifest.ts';
import { type SourceFiles, sourceFiles } from '../init/read/source-files.ts';
import { shownCode, visibleLine } from '../init/shown-code.ts';
import { withoutEntry } from '../init/write/add-dependency.ts';
import { addPackages } from '../init/write/packages.ts';
import { writeChanges } from '../init/write/write-changes.ts';
import { unifiedDiff } from '../scan/fix/unified-diff.ts';
import type { Codemod } from './codemod.ts';
import { bulwarkCall } from './has-bulwark.ts';
import { type RewrittenFile, rewriteFile } from './rewrite-file.ts';

export interface CodemodOptions {
  readonly folder: string;
  readonly packages?: string | undefined;
  readonly write: boolean;
}

/**
 * Moves a project from a library to Bulwark as far as that is mechanical, and reports the rest.
 *
 * @returns the exit code: 0 if nothing is left to do by hand, 1 if something is
 * @throws {InitMistake} if the project can't be read, or nothing could be written
 */
export function runCodemod(
  codemod: Codemod,
  options: CodemodOptions,
  version: string,
  print: (text: string) => void,
): number {
  const folder = openFolder(options.folder);
  const manifest = readManifest(folder);
  const sources = sourceFiles(folder.root, { tests: true });
  if (codemod.needsBulwark && !sources.withText('bulwark/express').some((file) => bulwarkCall(file))) {
    throw new InitMistake(
      `This project has no bulwark() of bulwark/express, which ${codemod.library} is moved to.`,
      'Run `bulwark init` first.',
    );
  }
  const files = sources
    .withText(codemod.library, ...(codemod.alsoIn ?? []))
    .map((file) => rewriteFile(file, codemod))
    .filter(({ changed, left, uses }) => changed !== undefined || left.length > 0 || uses);
  const changes: Change[] = files.flatMap(({ file, changed }) =>
    changed === undefined ? [] : [{ path: file.path, before: file.text, after: changed }],
  );
  const left = files.flatMap(remarks);
  const isGone = files.every(({ uses }) => !uses) && sources.broken.size === 0 && !sources.isCut;
  if (changes.length > 0 || (isGone && manifest.dependencies.has(codemod.library))) {
    const source = { packages: options.packages, version };
    const packages = addPackages(
      folder,
      manifest,
      isGone ? without(manifest.text, codemod.library) : manifest.text,
      source,
    );
    if (packages.text !== manifest.text)
      changes.push(
        { path: 'package.json', before: manifest.text, after: packages.text },
        ...packages.changes,
      );
  }
  print(changes.map(shown).join('\n'));
  report(codemod, sources, { changes, left, files }, print);
  if (changes.length === 0) return left.length > 0 ? 1 : 0;
  if (!options.write) {
    print('\nNothing was written. Pass --write to write these changes.\n');
  } else {
    writeChanges(folder.root, changes);
    print(
      `\n${changes.length} ${changes.length === 1 ? 'file' : 'files'} written. Install, and run your tests.\n`,
    );
  }
  return left.length > 0 ? 1 : 0;
}

function without(text: string, library: string): string {
  return ['dependencies', 'devDependencies', 'optionalDependencies'].reduce(
    (now, field) => [library, `@types/${library}`].reduce((one, name) => withoutEntry(one, field, name), now),
    text,
  );
}

function shown({ path, before, after }: Change): string {
  if (typeof after !== 'string') return `new file ${visibleLine(path)}, ${after.byteLength} bytes\n`;
  return shownCode(unifiedDiff(path, String(before ?? ''), after));
}

function remarks({ file, left }: RewrittenFile): string[] {
  return left.map(({ node, text }) => `${file.path}:${lineOf(file.text, node.start)}: ${text}`);
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

interface Outcome {
  readonly changes: readonly Change[];
  readonly left: readonly string[];
  readonly files: readonly RewrittenFile[];
}

function report(
  codemod: Codemod,
  sources: SourceFiles,
  { changes, left, files }: Outcome,
  print: (text: string) => void,
): void {
  const notes = files.flatMap(({ file, notes: all }) =>
    all.map(({ node, text }) => `${file.path}:${lineOf(file.text, node.start)}: ${text}`),
  );
  const broken = [...sources.broken].map((path) => `${path} can't be parsed, so it was skipped.`);
  if (sources.isCut)
    broken.push('The project has more source code than is read, so some files were skipped.');
  const list = (title: string, lines: readonly string[]): void => {
    if (lines.length > 0) print(`\n${title}\n${lines.map((line) => `- ${visibleLine(line)}\n`).join('')}`);
  };
  if (changes.length === 0 && left.length === 0) {
    const using = files.map(({ file }) => file.path);
    const where = using.slice(0, 5).join(', ');
    const what = using.length > 0 ? `is imported, but never called, in ${where}` : 'is not used here';
    print(`Nothing to change: ${codemod.library} ${visibleLine(what)}.\n`);
  }
  list('What changes for your users, and what to check:', [...new Set(notes)]);
  list('Left as it is, for you to change by hand:', [...left, ...broken]);
  if (changes.length > 0 || left.length > 0)
    print(`\nThe full mapping is on the page ${codemod.page} of Bulwark's documentation.\n`);
}

/** @throws {InitMistake} for a library without a codemod */
export function findCodemod(codemods: readonly Codemod[], library: string): Codemod {
  const found = codemods.find((one) => one.library === library);
  if (found) return found;
  const names = codemods.map((one) => one.library).join(', ');
  throw new InitMistake(`There is no codemod for ${library}.`, `Pass one of ${names}.`);
}
