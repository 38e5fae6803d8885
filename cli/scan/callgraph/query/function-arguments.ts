import { maxCallbackCalls } from '../../budgets/callgraph.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';

/** A call that is handed a function of the program as its last argument. */
export interface FunctionArgument {
  readonly func: number;
  readonly value: number;
  /** So many parameters were bound before. */
  readonly bound: number;
}

/** The calls that are handed a function last, wherever that is written; none where there are too many. */
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
