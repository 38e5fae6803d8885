import { maxCallbackCalls } from '../../budgets/callgraph.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';

/** A call with a function of the program as its last argument. */
export interface FunctionArgument {
  readonly func: number;
  readonly value: number;
  /** How many of the function's parameters are bound. */
  readonly bound: number;
}

/** The calls with this function as their last argument. Empty if there are none, or more than `maxCallbackCalls`. */
export function functionArgumentsOf(linked: Linked, func: number): readonly FunctionArgument[] {
  const found = allHandings(linked).get(func) ?? [];
  return found.length > maxCallbackCalls ? [] : found;
}

const allHandings = memoized((linked: Linked): ReadonlyMap<number, readonly FunctionArgument[]> => {
  const all = new Map<number, FunctionArgument[]>();
  linked.program.instructions.each('call', (inst, { id }, value) => {
    const last = inst.args.at(-1);
    if (last === undefined || inst.isDecorator) return;
    for (const func of linked.functions(id, last)) {
      const handing = { func: id, value, bound: linked.boundIn(id, last, func) };
      const before = all.get(func);
      if (!before) all.set(func, [handing]);
      else if (before.length <= maxCallbackCalls) before.push(handing);
    }
  });
  return all;
});
