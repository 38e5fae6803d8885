import type { Func, ValueId } from '../ir.ts';
import { memoized } from '../memoized.ts';
import { operandsOf } from '../operands.ts';

/** The uses of a function's values. */
export interface Users {
  /** By value: the instructions that have it as an operand. Undefined if there are none. */
  readonly of: readonly (readonly ValueId[] | undefined)[];
  /** The values that the function returns. */
  readonly returned: ReadonlySet<ValueId>;
}

export const usersOf: (func: Func) => Users = memoized((func) => {
  const of: (ValueId[] | undefined)[] = new Array(func.code.length);
  func.code.forEach((inst, user) => {
    for (const value of operandsOf(inst)) {
      const list = of[value];
      if (!list) of[value] = [user];
      else if (list[list.length - 1] !== user) list.push(user);
    }
  });
  const returned = new Set<ValueId>();
  for (const { end } of func.blocks) if (end.kind === 'return') returned.add(end.value);
  return { of, returned };
});
