import { maxHandlerWrappers, maxWrapperResultSteps } from '../../budgets/callgraph.ts';
import type { Func } from '../../ir/ir.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';

/**
 * Handlers that a library calls through a wrapper, such as the function that a decorator returns. Only wrappers that return
 * the handler's result are included.
 */
export interface WrappedHandlers {
  /** By function: the states of library models that its wrapper is passed to. */
  readonly handed: ReadonlyMap<number, ReadonlySet<number>>;
  /** The nodes of results that a wrapper returns unchanged. A finding about them is reported where the handler returns. */
  readonly passed: ReadonlySet<number>;
}

/** Finds the handlers that a library calls through a wrapper. Call this only after linking has found all targets. */
export function wrappedHandlers(linker: Linker): WrappedHandlers {
  const handed = new Map<number, Set<number>>();
  const passed = new Set<number>();
  const visit = (wrapper: number, states: readonly number[], depth: number): void => {
    const info = linker.func(wrapper);
    for (const { end } of info.func.blocks) {
      if (end.kind !== 'return') continue;
      const call = wrappedCall(linker, info, end.value);
      const targets = call === undefined ? [] : (linker.targets.get(info.firstValue + call) ?? []);
      if (targets.length === 0) continue;
      passed.add(info.firstValue + end.value);
      for (const { func } of targets) {
        const known = handed.get(func) ?? new Set<number>();
        handed.set(func, known);
        const fresh = states.filter((state) => !known.has(state));
        for (const state of fresh) known.add(state);
        if (fresh.length > 0 && depth < maxHandlerWrappers) visit(func, fresh, depth + 1);
      }
    }
  };
  for (const [wrapper, states] of linker.handed) visit(wrapper, states, 0);
  return { handed, passed };
}

/** The call that made a value, if its callee is the argument of the enclosing function. */
function wrappedCall(linker: Linker, { func, module }: FuncInfo, value: number): number | undefined {
  const call = behind(func, value);
  const inst = func.code[call];
  const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
  if (callee?.op !== 'cell-load') return undefined;
  return linker.wrappedCells.has((linker.program.firstCell[module] as number) + callee.cell)
    ? call
    : undefined;
}

function behind(func: Func, value: number): number {
  let at = value;
  for (let depth = 0; depth < maxWrapperResultSteps; depth++) {
    const inst = func.code[at];
    if (inst?.op !== 'await' && inst?.op !== 'effect' && inst?.op !== 'typed') break;
    at = inst.value;
  }
  return at;
}
