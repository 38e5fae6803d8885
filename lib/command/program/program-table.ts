import type { ForbiddenOption, ProgramRules } from './program-rules.ts';
import type { ValueKind } from './value-kind.ts';

/** What a program, or one of its subcommands, accepts of untrusted values. Everything else is refused. */
export interface CommandTable {
  /** Options that take a value: what may be put there. `never` where the option is known, and takes none from outside. */
  readonly options?: Readonly<Record<string, ValueKind>>;
  /** Options without a value: what follows them is an operand. Short ones may stand in a cluster. */
  readonly flags?: readonly string[];
  /** Options without a value that begin like this: `-m` for `-mtime`. */
  readonly flagPattern?: RegExp;
  /** What may stand where no option claims it: the last kind repeats. None where values may not stand at all. */
  readonly operands?: readonly ValueKind[];
  /** The same behind the end of options, where that differs; counted anew. */
  readonly operandsAfterEnd?: readonly ValueKind[];
}

export interface ProgramTable extends CommandTable {
  readonly name: string;
  readonly endOfOptions?: NonNullable<ProgramRules['endOfOptions']>;
  readonly forbidden?: readonly ForbiddenOption[];
  /** Forbidden where the whole word is the option: its letters also begin harmless ones, such as `-i` and `-init_hw_device`. */
  readonly forbiddenWords?: readonly ForbiddenOption[];
  readonly fixedArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** By the first operand: `log`. Options of the table itself may stand before it. */
  readonly subcommands?: Readonly<Record<string, CommandTable>>;
  /** Characters that the program gives a meaning in names of files: `[` selects a page in ImageMagick. */
  readonly pathPattern?: { readonly allowed: RegExp; readonly reason: string };
}

/** `-xzf` is `-x -z -f`, for programs whose short options stand together. */
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
  // A word with a value of its own, `--color=never`, leaves what follows alone.
  if (/^--[^=]+=/.test(option)) return true;
  if (/^-[A-Za-z]{2,}$/.test(option) && [...option.slice(1)].every((c) => table.flags?.includes(`-${c}`)))
    return true;
  return table.flagPattern?.test(option) === true;
}
