import type { Abstract } from '../domain/abstract.ts';
import type { Kinds } from '../domain/kinds.ts';
import type { Scope } from '../domain/scope.ts';
import type { Origin } from '../domain/taint.ts';
import type { ProgramView } from './program-view.ts';

/** By variable of the enclosing function: for which kinds its value is proven harmless where an inner function is created. */
export type ProvenCells = ReadonlyMap<number, Kinds>;

/** A call of a project function. It resolves the origins in the callee's summary to values of the caller. */
export interface CallSite {
  readonly engine: ProgramView;
  readonly caller: Scope;
  readonly callee: number;
  readonly span: { readonly at: number; readonly end: number };
  readonly args: readonly Abstract[];
  readonly receiver: Abstract;
  /** The scope around the callee, if a call in the caller has created it. */
  readonly closure?: Scope | undefined;
  /** By call in the callee: the results of the callbacks that the caller passes. */
  results: ReadonlyMap<number, Abstract>;
  /** A cache: the origins of the callee that are resolved already. */
  known: Map<Origin, Abstract> | undefined;
}

/** The callee's name, for messages. */
export function nameAt({ engine, callee }: CallSite): string {
  const name = engine.linked.program.functions[callee]?.func.name;
  return name ? `\`${name}()\`` : 'a function';
}
