import { atCallSite } from '../internal/at-call-site.ts';
import { shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { CommandArgs, CommandValue } from './command-value.ts';
import { type Word, wordsOf } from './template-words.ts';

/** The contents of a fragment: words and their values, or a list, each item of which is one word. */
export interface ArgsContent {
  readonly words: readonly Word[];
  readonly values: readonly unknown[];
}

/** Shared by all copies of bulwark in the process, so that each recognises the fragments of the others. */
const contents = shared('command:args', () => new WeakMap<object, ArgsContent>());

export interface ArgsTag {
  (strings: TemplateStringsArray, ...values: readonly CommandValue[]): CommandArgs;
  /**
   * Passes each item as an argument of its own. An empty list is refused when the command is run, because a command without its files often
   * means all files.
   */
  each(list: readonly CommandValue[]): CommandArgs;
}

/** More than any command line holds. */
const mostItems = 10_000;

function tag(strings: TemplateStringsArray, ...values: readonly unknown[]): CommandArgs {
  try {
    return create(wordsOf(strings, values.length), values);
  } catch (error) {
    throw atCallSite(error, tag);
  }
}

function each(list: readonly unknown[]): CommandArgs {
  if (!Array.isArray(list)) throw new Misuse('bulwark/invalid-option', 'args.each takes a list.');
  // One more than allowed, so that the command is refused when its arguments are counted.
  const values = list.slice(0, mostItems + 1);
  const words = values.length === 0 ? [missing] : values.map((_, index) => ({ prefix: '', hole: index }));
  return create(words, values);
}

/** Its value is undefined, and is refused like any other missing value. */
const missing: Word = Object.freeze({ prefix: '', hole: 0 });

function create(words: readonly Word[], values: readonly unknown[]): CommandArgs {
  const made = Object.freeze({}) as CommandArgs;
  contents.set(made, { words, values });
  return made;
}

/**
 * A part of a command, to be inserted into another one as `${part}`. The same rules apply to its text and values. An empty one, `` args`` ``, adds
 * nothing.
 *
 * @throws Misuse `command/no-shell`, `command/misplaced-value`, `command/not-a-template`
 *
 * @example
 * ```ts
 * import { args, commands } from 'bulwark/command';
 *
 * const run = commands({ git: '/usr/bin/git' });
 * const since: string | undefined = '2026-01-01';
 * const filter = since === undefined ? args`` : args`--since=${since}`;
 * await run.git`log ${filter} --max-count=${5}`; // git log --since=2026-01-01 --max-count=5
 * await run.git`show --no-patch ${args.each(['v1.0', 'v1.1'])}`; // git show --no-patch v1.0 v1.1
 * ```
 */
export const args: ArgsTag = Object.freeze(Object.assign(tag as ArgsTag, { each }));

/** The contents of a fragment; undefined for anything else. */
export function contentOf(value: unknown): ArgsContent | undefined {
  return typeof value === 'object' && value !== null ? contents.get(value) : undefined;
}

export { mostItems };
