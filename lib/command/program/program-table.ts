import type { ForbiddenOption, ProgramRules } from './program-rules.ts';
import type { ValueKind } from './value-kind.ts';

/** The untrusted values that a program, or one of its subcommands, accepts. Everything else is refused. */
export interface CommandTable {
  /** Options that take a value, and the kind of it. `never` if the option is known, but accepts no untrusted value. */
  readonly options?: Readonly<Record<string, ValueKind>>;
  /** Options without a value: the next word is an operand. Short ones may be combined. */
  readonly flags?: readonly string[];
  /** Options without a value that start like this: `-m` for `-mtime`. */
  readonly flagPattern?: RegExp;
  /** The kinds of operands; the last kind repeats. Without them, operands can't be values. */
  readonly operands?: readonly ValueKind[];
  /** The same after the end of options, if that differs; counted from zero. */
  readonly operandsAfterEnd?: readonly ValueKind[];
}

export interface ProgramTable extends CommandTable {
  readonly name: string;
  readonly endOfOptions?: NonNullable<ProgramRules['endOfOptions']>;
  readonly forbidden?: readonly ForbiddenOption[];
  /** Forbidden if the whole word is the option: its letters also start harmless ones, such as `-i` and `-init_hw_device`. */
  readonly forbiddenWords?: readonly ForbiddenOption[];
  readonly fixedArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** By the first operand: `log`. Options of the table itself may stand before it. */
  readonly subcommands?: Readonly<Record<string, CommandTable>>;
  /** Characters with a meaning in the program's file names: `[` selects a page in ImageMagick. */
  readonly pathPattern?: { readonly allowed: RegExp; readonly reason: string };
}

/** `-xzf` means `-x -z -f`, for programs that combine short options. */
export function lastOption(word: string, table: CommandTable): string {
  if (!/^-[A-Za-z]{2,}$/.test(word) || takesNothing(word, table) || optionValue(word, table)) return word;
  for (let at = 1; at < word.length - 1; at++) {
    // An option before the last one that takes a value takes the rest of the word.
    if (optionValue(`-${word[at]}`, table)) return word;
    if (!takesNothing(`-${word[at]}`, table)) return word;
  }
  return `-${word.at(-1)}`;
}

export function optionValue(option: string, table: CommandTable): ValueKind | undefined {
  const options = table.options ?? {};
  return Object.hasOwn(options, option) ? options[option] : undefined;
}

export function takesNothing(option: string, table: CommandTable): boolean {
  if (table.flags?.includes(option)) return true;
  // A word with its own value, such as `--color=never`, takes no further word.
  if (/^--[^=]+=/.test(option)) return true;
  if (/^-[A-Za-z]{2,}$/.test(option) && [...option.slice(1)].every((c) => table.flags?.includes(`-${c}`)))
    return true;
  return table.flagPattern?.test(option) === true;
}
