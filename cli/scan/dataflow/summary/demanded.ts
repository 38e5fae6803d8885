import type { Linked } from '../../callgraph/linked.ts';
import type { Func } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { Taint } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The number that stands for all captured variables in a set of demanded parameters. In such a set, -1 stands for `this`. A
 * parameter is demanded, and so tracked, if some caller passes data for it that is or may be untrusted.
 */
export const cellsParam = -3;

/**
 * Whether a taint is tracked in this function. False only for parameters and captured variables that are not demanded: no
 * caller passes untrusted data for them.
 */
export function isDemanded({ demanded: live }: FunctionView, { origin }: Taint): boolean {
  switch (origin.kind) {
    case 'param':
      return live.has(origin.index);
    case 'cell':
      return live.has(cellsParam);
    default:
      return true;
  }
}

/** Whether a value is or holds untrusted data or a demanded parameter, for which some caller passes untrusted data. */
export function holdsDemanded(frame: FunctionView, it: Abstract): boolean {
  for (const taint of it.taints) if (isDemanded(frame, taint)) return true;
  if (it.rest && holdsDemanded(frame, it.rest)) return true;
  if (it.fields) for (const field of it.fields.values()) if (holdsDemanded(frame, field)) return true;
  return false;
}

/** Whether this function creates closures that may capture untrusted data or a demanded parameter. */
export function sharesDemanded(frame: FunctionView): boolean {
  if (frame.isConstantPass || frame.outcome.created.size === 0) return false;
  if (frame.demanded.has(cellsParam)) return true;
  const { scope, captures } = frame;
  let cells = scope.takeChanged();
  // A new demanded parameter may make variables demanded that were not.
  if (captures.params !== frame.demanded.size) {
    captures.params = frame.demanded.size;
    cells = scope.cells.keys();
  }
  if (captures.isDemanded) return true;
  for (const cell of cells) {
    const value = scope.cells.get(cell);
    if (value && !frame.engine.cells.isModules(cell) && holdsDemanded(frame, value))
      captures.isDemanded = true;
  }
  return captures.isDemanded;
}

/**
 * Whether a function reads shared variables. Also true if it creates functions or classes, since their code may read
 * shared variables.
 */
export function closesOver(linked: Linked, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  return func !== undefined && hasClosure(func);
}

const hasClosure: (func: Func) => boolean = memoized(({ code }) =>
  code.some(({ op }) => op === 'cell-load' || op === 'func' || op === 'class'),
);
