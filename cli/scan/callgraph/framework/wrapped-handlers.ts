import { maxHandlerWrappers, maxWrapperResultSteps } from '../../budgets/callgraph.ts';
import type { Func } from '../../ir/ir.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';

/** Handlers that a library calls by a wrapper, as a decorator makes it: what they return, the wrapper returns. */
export interface WrappedHandlers {
  /** By function: the states of the models that its wrapper is handed to. */
  readonly handed: ReadonlyMap<number, ReadonlySet<number>>;
  /** Nodes of values that a wrapper returns as they are: whatever arrives there is told of where the handler returns it. */
  readonly passed: ReadonlySet<number>;
}

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

/** The call of a function that was passed to the one around, where a value is what that gave. */
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
