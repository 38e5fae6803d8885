import type { Decision, Denied } from '../../refusal/decision.ts';

/** One argument as the program gets it, and who wrote it. */
export interface Argument {
  readonly text: string;
  /** `literal`: all of it is the programmer's. `value`: it is, or ends with, an untrusted value. `path`: it is, or ends with, a `SafePath`. */
  readonly kind: 'literal' | 'value' | 'path';
}

/** Where a value stands on the command line. */
export interface ValuePosition {
  /** `--format` for `--format=${value}` and for `--format ${value}`; undefined where no option stands before it. */
  readonly option: string | undefined;
  /** True for `--format=${value}`: the value can't be read as an option of its own. */
  readonly joined: boolean;
  /** The programmer's text before the value in the same argument: `origin/` in `origin/${branch}`. Empty where `joined`. */
  readonly prefix: string;
  /** Its number among all arguments, the program's name not counted. */
  readonly index: number;
  /** True if the program's `endOfOptions` marker stands before it. */
  readonly afterEnd: boolean;
  readonly kind: 'value' | 'path';
  /** The arguments before it, without `fixedArgs`: the subcommand is among them. */
  readonly before: readonly Argument[];
}

/** A file that was given with its type, which was checked by content. */
export interface ProgramFile {
  /** Absolute. */
  readonly path: string;
  /** A media type, such as `image/png`; undefined for a bare `SafePath`. */
  readonly type: string | undefined;
}

export interface ForbiddenOption {
  /** As the manual spells it, with its dashes: `--upload-pack`, `-exec`. */
  readonly option: string;
  /** What it does, as the end of a sentence: `runs a program of the caller's choice`. */
  readonly because: string;
}

/** What is known about one program's command line. */
export interface ProgramRules {
  /** `git`. */
  readonly name: string;
  /** The marker after which the program reads no options, and the manual's line that says so. Without it, no value may begin with a dash. */
  readonly endOfOptions?: { readonly marker: '--' | '--end-of-options'; readonly manual: string };
  /** Refused in the programmer's own words too, abbreviated ones included, unless the program's entry names it in `allowOptions`. */
  readonly forbiddenOptions?: readonly ForbiddenOption[];
  /** Placed before the programmer's words: `-c safe.bareRepository=explicit`. */
  readonly fixedArgs?: readonly string[];
  /** Added to the environment; it takes precedence over the programmer's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Judges one value, after the checks that hold for every program. Pure. */
  judgeValue?(value: string, position: ValuePosition): Decision;
  /** Judges the whole command line, `fixedArgs` not included. Pure. */
  judgeCommand?(args: readonly Argument[]): Decision;
  /**
   * Writes a file as this program wants it: `png:/srv/in/1.png`, or several arguments in place of one. The absolute path by
   * default.
   */
  writeFile?(file: ProgramFile, position: ValuePosition): string | readonly string[] | Denied;
  /** Commands that run first, in the same folder and environment, and have no effects. What they say is judged. */
  readonly preflight?: Preflight | readonly Preflight[];
}

export interface Preflight {
  /** The whole list of arguments, `fixedArgs` included; undefined where this command needs none. */
  args(command: readonly Argument[]): readonly string[] | undefined;
  judge(
    output: { readonly stdout: string; readonly code: number | null },
    command: readonly Argument[],
  ): Decision;
}
