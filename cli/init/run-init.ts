import { unifiedDiff } from '../scan/fix/unified-diff.ts';
import { InitMistake } from './init-mistake.ts';
import type { Change } from './plan.ts';
import { type Plan, planProject, type Wishes } from './plan-project.ts';
import { openFolder } from './read/folder.ts';
import { shownCode, visibleLine } from './shown-code.ts';
import { writeChanges } from './write/write-changes.ts';

export interface InitOptions extends Wishes {
  readonly folder: string;
  /** A folder with the packed tarballs of Bulwark; `vendor` of the project by default. */
  readonly packages?: string | undefined;
  readonly mode: 'ask' | 'yes' | 'dry-run';
}

export interface InitContext {
  readonly version: string;
  readonly today: Date;
  print(text: string): void;
  /** Asks on the terminal; undefined where there is none. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Shows what adds Bulwark to a project, asks, and writes all of it or nothing.
 *
 * @returns the exit code: 0 if it was done, shown or not needed, 1 if the answer was no
 * @throws {InitMistake} if the project can't be read, or nothing could be written
 */
export async function runInit(options: InitOptions, context: InitContext): Promise<number> {
  const folder = openFolder(options.folder);
  const source = { packages: options.packages, version: context.version };
  const plan = planProject(folder, source, context.today, options);
  context.print(`Found: ${plan.found.join(', ')}.\n\n`);
  if (plan.changes.length === 0) {
    context.print('Bulwark is set up already. Nothing to change.\n');
    printAdvice(plan, context);
    return 0;
  }
  context.print(plan.changes.map(shownChange).join('\n'));
  printAdvice(plan, context);
  if (options.mode === 'dry-run') {
    context.print('\nNothing was written (--dry-run).\n');
    return 0;
  }
  if (!(await isAgreed(plan, options, context))) {
    context.print('\nNothing was written.\n');
    return 1;
  }
  writeChanges(folder.root, plan.changes);
  const { length } = plan.changes;
  context.print(`\n${length} ${length === 1 ? 'file' : 'files'} written. Next:\n${indented(plan.next)}`);
  return 0;
}

async function isAgreed(plan: Plan, options: InitOptions, context: InitContext): Promise<boolean> {
  const changed = plan.repository?.changed ?? [];
  if (changed.length > 0) {
    const files = changed.length === 1 ? 'file has' : 'files have';
    context.print(`\n${changed.length} ${files} uncommitted changes.\n`);
  }
  if (options.mode === 'yes') return true;
  if (!context.ask) {
    throw new InitMistake(
      'There is no terminal to ask on, so nothing was written.',
      'Pass --yes to write the changes, or --dry-run only to see them.',
    );
  }
  const question =
    changed.length > 0
      ? 'Write these changes anyway? Commit first, so that you can undo them.'
      : 'Write these changes?';
  return context.ask(question);
}

function shownChange({ path, before, after }: Change): string {
  if (typeof after !== 'string') return `new file ${visibleLine(path)}, ${after.byteLength} bytes\n`;
  const diff = unifiedDiff(path, typeof before === 'string' ? before : '', after);
  return shownCode(before === undefined ? diff.replace(/^--- .*/, '--- /dev/null') : diff);
}

const mostNotes = 50;

function printAdvice({ snippets, notes }: Plan, { print }: InitContext): void {
  for (const { title, why, code } of snippets) {
    print(`\n${title}, by hand. ${visibleLine(why)}\n\n${indented(code.split('\n'))}`);
  }
  const shown = notes.slice(0, mostNotes).map((note) => `- ${visibleLine(note)}\n`);
  if (notes.length > mostNotes) shown.push(`- ${notes.length - mostNotes} more.\n`);
  if (notes.length > 0) print(`\nNotes:\n${shown.join('')}`);
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '\n' : `    ${line}\n`)).join('');
}
