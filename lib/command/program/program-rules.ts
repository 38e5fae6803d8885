import type { Decision, Denied } from '../../refusal/decision.ts';

/** One argument as the program gets it, and who wrote it. */
export interface Argument {
  readonly text: string;
  /** `literal`: all of it is the programmer's. `value`: it is, or ends with, an untrusted value. `path`: it is, or ends with, a `SafePath`. */
  readonly kind: 'literal' | 'value' | 'path';
}

/** The position of a value on the command line. */
export interface ValuePosition {
  /** `--format` for `--format=${value}` and for `--format ${value}`; undefined if no option precedes it. */
  readonly option: string | undefined;
  /** True for `--format=${value}`: the value can't be read as an option of its own. */
  readonly joined: boolean;
  /** The programmer's text before the value in the same argument: `origin/` in `origin/${branch}`. Empty where `joined`. */
  readonly prefix: string;
  /** Its number among all arguments, not counting the program's name. */
  readonly index: number;
  /** True if the program's `endOfOptions` marker precedes it. */
  readonly afterEnd: boolean;
  readonly kind: 'value' | 'path';
  /** The arguments before it, without `fixedArgs`: the subcommand is among them. */
  readonly before: readonly Argument[];
}

/** A file with its type, which was checked by content. */
export interface ProgramFile {
  /** Absolute. */
  readonly path: string;
  /** A media type, such as `image/png`; undefined for a bare `SafePath`. */
  readonly type: string | undefined;
}

export interface ForbiddenOption {
  /** As spelt in the manual, with its dashes: `--upload-pack`, `-exec`. */
  readonly option: string;
  /** What it does, as the end of a sentence: `runs a program of the caller's choice`. */
  readonly because: string;
}

/** The rules for one program's command line. */
export interface ProgramRules {
  /** `git`. */
  readonly name: string;
  /** The marker after which the program reads no options, as its manual says. Without it, no value may start with a dash. */
  readonly endOfOptions?: { readonly marker: '--' | '--end-of-options'; readonly manual: string };
  /** Refused even in the programmer's own words, also abbreviated, unless the program's entry names it in `allowOptions`. */
  readonly forbiddenOptions?: readonly ForbiddenOption[];
  /** Placed before the programmer's words: `-c safe.bareRepository=explicit`. */
  readonly fixedArgs?: readonly string[];
  /** Added to the environment; it takes precedence over the programmer's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Judges one value, after the checks that apply to every program. Pure. */
  judgeValue?(value: string, position: ValuePosition): Decision;
  /** Judges the whole command line, `fixedArgs` not included. Pure. */
  judgeCommand?(args: readonly Argument[]): Decision;
  /**
   * Writes a file in this program's form: `png:/srv/in/1.png`, or several arguments instead of one. The absolute path by default.
   */
  writeFile?(file: ProgramFile, position: ValuePosition): string | readonly string[] | Denied;
  /** Commands that run first, in the same directory and environment, and change nothing. Their output is judged. */
  readonly preflight?: Preflight | readonly Preflight[];
  /**
   * For a program that looks for something in the directories above the one it starts in: the option that sets that directory, and the
   * variable that names where to stop. It gets the directory above the root of the `SafePath`.
   */
  readonly ceiling?: { readonly option: string; readonly variable: string };
}

export interface Preflight {
  /** The whole list of arguments, including `fixedArgs`; undefined if this command needs none. */
  args(command: readonly Argument[]): readonly string[] | undefined;
  judge(
    output: { readonly stdout: string; readonly code: number | null },
    command: readonly Argument[],
  ): Decision;
}
