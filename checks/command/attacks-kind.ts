/** A command that an application would write, with what an attacker puts into its values or its files. */
export interface Attack {
  readonly program: string;
  /** Why it matters: the option, CVE or manual. */
  readonly because: string;
  readonly strings: TemplateStringsArray;
  readonly values: readonly AttackValue[];
  /** True where the harm is in a file, and the values are ordinary. */
  readonly content: boolean;
  /** Makes the hostile files. */
  readonly prepare?: (box: Box) => void;
  /** The folder to run in, below the box. */
  readonly cwd?: string;
  /** What the pages say to write instead, where a file needs its type said: so that its contents are met, and not the template. */
  readonly ours?: Template;
}

export interface Template {
  readonly strings: TemplateStringsArray;
  readonly values: readonly AttackValue[];
}

/** One run's folder, and what must not be touched, read or reached from it. */
export interface Box {
  /** Where the program runs. */
  readonly work: string;
  /** Appears where a program was run or a file written. */
  readonly canary: string;
  /** Holds `secretText`. */
  readonly secret: string;
  /** Must stay as it is. */
  readonly victim: string;
  /** A repository of somebody else, with the secret in it. */
  readonly privateRepository: string;
  /** Counts connections, on 127.0.0.1. */
  readonly port: number;
}

export const secretText = 'TOP-SECRET-7c1f';

/** A file of the box: plain code passes its name, and ours a `SafePath`. */
export interface FileOf {
  readonly file: string;
  /** Given where the guard needs it: `image/png`. */
  readonly type?: string;
}

export type Text = string | ((box: Box) => string);
export type AttackValue = Text | FileOf | readonly (Text | FileOf)[] | ((box: Box) => readonly string[]);

export function file(name: string, type?: string): FileOf {
  return { file: name, ...(type !== undefined && { type }) };
}

export interface AttackOptions {
  readonly prepare?: (box: Box) => void;
  readonly cwd?: string;
  readonly ours?: Template;
}

export function template(strings: TemplateStringsArray, ...values: readonly AttackValue[]): Template {
  return { strings, values };
}

type Build = (strings: TemplateStringsArray, ...values: readonly AttackValue[]) => Attack;

/** An attack by a value. */
export function by(program: string, because: string, options: AttackOptions = {}): Build {
  return (strings, ...values) => ({ program, because, strings, values, content: false, ...options });
}

/** An attack by the contents of a file, its name included. */
export function within(program: string, because: string, options: AttackOptions): Build {
  return (strings, ...values) => ({ program, because, strings, values, content: true, ...options });
}
