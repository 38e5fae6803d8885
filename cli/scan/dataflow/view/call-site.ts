import type { Abstract } from '../domain/abstract.ts';
import type { Kinds } from '../domain/kinds.ts';
import type { Scope } from '../domain/scope.ts';
import type { Origin } from '../domain/taint.ts';
import type { ProgramView } from './program-view.ts';

/** For what the variables of a function are harmless to one that is created in it, as checks stand before that. */
export type ProvenCells = ReadonlyMap<number, Kinds>;

/** A call of a function of the project: what the names that the function's summary uses stand for there. */
export interface CallSite {
  readonly engine: ProgramView;
  readonly caller: Scope;
  readonly callee: number;
  readonly span: { readonly at: number; readonly end: number };
  readonly args: readonly Abstract[];
  readonly receiver: Abstract;
  /** The variables around the callee, where a call of the caller's has made it. */
  readonly closure?: Scope | undefined;
  /** What functions give that the callee was passed and calls. */
  results: ReadonlyMap<number, Abstract>;
  /** What origins of the callee are, once they were looked up. */
  known: Map<Origin, Abstract> | undefined;
}

/** What is called there, for messages. */
export function nameAt({ engine, callee }: CallSite): string {
  const name = engine.linked.program.functions[callee]?.func.name;
  return name ? `\`${name}()\`` : 'a function';
}
