import type { Node } from '../../scan/languages/python/parse/tree.ts';
import type { Variable } from './deployed-variables.ts';
import type { ModuleFile } from './module-file.ts';
import type { Scope } from './scope.ts';
import type { Value } from './value.ts';

/** Reads what code sets, without running it: each step is bounded. */
export interface Interpreter {
  readonly readModule: (path: string) => ModuleFile | undefined;
  /** The file of a dotted name, such as `shop.settings.base`. */
  readonly findModule: (name: string, from: string) => string | undefined;
  /** What files of the deployment, and the code so far, set in the environment. */
  readonly variables: Map<string, readonly Variable[]>;
  /** What modules have set; undefined while one is read. */
  readonly modules: Map<string, Scope | undefined>;
  /** These read expressions, statements and modules. They are here so that files need not import one another in a circle. */
  readonly evaluate: (frame: Frame, node: Node | undefined) => Value;
  readonly execute: (frame: Frame, block: Node) => Ending;
  readonly load: (frame: Frame, path: string) => Scope;
  /** Modules that are read now, and calls of functions. */
  depth: number;
  /** Expressions and statements around the one that is read. */
  nesting: number;
  steps: number;
  /** What classes of libraries make is kept as objects, and code that runs as a program is read too. */
  readonly keepsObjects?: true;
}

/** A place in the code that is read. */
export interface Frame {
  readonly interpreter: Interpreter;
  readonly module: ModuleFile;
  readonly scope: Scope;
  /** In a function that is called: the variables whose default decided its conditions. */
  readonly decided?: Set<string>;
  /** Only where the file is run as a program. */
  readonly isMain?: true;
}

/** How a list of statements ends: `next` goes on, `raised` never comes back, `unsure` may have returned. */
export type Ending = 'next' | 'raised' | 'unsure' | { readonly returned: Value };

export const mostDepth = 12;
export const mostNesting = 150;
const mostSteps = 1_000_000;

/** Ends the reading of a project that takes too long. */
export class TooMuch extends Error {}

export function countStep({ interpreter }: Frame, count = 1): void {
  interpreter.steps += count;
  if (interpreter.steps > mostSteps) throw new TooMuch('it takes too many steps to read');
}
