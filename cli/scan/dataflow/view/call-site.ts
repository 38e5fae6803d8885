import type { Abstract } from '../domain/abstract.ts';
import type { Kinds } from '../domain/kinds.ts';
import type { Scope } from '../domain/scope.ts';
import type { Origin } from '../domain/taint.ts';
import type { ProgramView } from './program-view.ts';

/**
 * By number of a captured variable: the kinds of sinks for which its value is proven harmless at the place where the
 * closure is created.
 */
export type ProvenCells = ReadonlyMap<number, Kinds>;

/**
 * A call of a project function, with the values that the caller passes. These values replace the parameters and captured
 * variables that the taints in the callee's summary refer to.
 */
export interface CallSite {
  readonly engine: ProgramView;
  readonly caller: Scope;
  readonly callee: number;
  readonly span: { readonly at: number; readonly end: number };
  readonly args: readonly Abstract[];
  readonly receiver: Abstract;
  /**
   * The values of the variables that the callee captures. Known only if the callee is a closure that an earlier call in the
   * caller has returned: `greet` after `greet = greeter(name)`.
   */
  readonly closure?: Scope | undefined;
  /** By call instruction of the callee: the result of the callback that the caller has passed. */
  results: ReadonlyMap<number, Abstract>;
  /** A cache: by origin of the callee, the caller's value for it. */
  known: Map<Origin, Abstract> | undefined;
}

/** The callee's name, for messages. */
export function nameAt({ engine, callee }: CallSite): string {
  const name = engine.linked.program.functions[callee]?.func.name;
  return name ? `\`${name}()\`` : 'a function';
}
