import type { Linked } from '../../callgraph/linked.ts';
import type { Func } from '../../ir/ir.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { Taint } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * What is live in a function: the data of others, and the parameters for which some caller passes some, or what may
 * be some. -1 is `this`; this stands for the variables of the functions around it.
 */
export const cellsParam = -3;

export function isLive({ live }: FunctionView, { origin }: Taint): boolean {
  switch (origin.kind) {
    case 'param':
      return live.has(origin.index);
    case 'cell':
      return live.has(cellsParam);
    default:
      return true;
  }
}

/** Whether a value is, or holds, what is live. */
export function holdsLive(frame: FunctionView, it: Abstract): boolean {
  for (const taint of it.taints) if (isLive(frame, taint)) return true;
  if (it.rest && holdsLive(frame, it.rest)) return true;
  if (it.fields) for (const field of it.fields.values()) if (holdsLive(frame, field)) return true;
  return false;
}

/** Whether functions that are created in it see something live. */
export function sharesLive(frame: FunctionView): boolean {
  if (frame.isPlain || frame.outcome.created.size === 0) return false;
  if (frame.live.has(cellsParam)) return true;
  let known = shared.get(frame);
  let cells = frame.scope.takeChanged();
  // What is held for no data of others becomes live with a parameter.
  if (!known || known.live !== frame.live.size) {
    known = { live: frame.live.size, isLive: known?.isLive ?? false };
    shared.set(frame, known);
    cells = frame.scope.cells.keys();
  }
  if (known.isLive) return true;
  for (const cell of cells) {
    const value = frame.scope.cells.get(cell);
    if (value && !frame.engine.cells.isModules(cell) && holdsLive(frame, value)) known.isLive = true;
  }
  return known.isLive;
}

/** What variables held when they were looked at last: it is asked at each call, and variables only ever hold more. */
const shared = new WeakMap<FunctionView, { readonly live: number; isLive: boolean }>();

/** Whether a function reads variables, or makes functions that may: of its own, or of those around it. */
export function closesOver(linked: Linked, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  if (!func) return false;
  let known = closing.get(func);
  if (known === undefined) {
    known = func.code.some(({ op }) => op === 'cell-load' || op === 'func' || op === 'class');
    closing.set(func, known);
  }
  return known;
}

const closing = new WeakMap<Func, boolean>();
