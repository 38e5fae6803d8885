import type { BlockId, Func, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';

/** The successors of a branch: `yes` if the test is true, `no` if it is false. */
export interface Ways {
  readonly yes: BlockId;
  readonly no: BlockId;
}

const none: readonly Ways[] = [];

/** The branches of a function whose test is this value. Empty if there are none. */
export function branchesOn(func: Func, test: ValueId): readonly Ways[] {
  return branchesOf(func).get(test) ?? none;
}

const branchesOf = memoized((func: Func): ReadonlyMap<ValueId, readonly Ways[]> => {
  const found = new Map<ValueId, Ways[]>();
  for (const { end } of func.blocks) {
    if (end.kind !== 'branch') continue;
    const ways = { yes: end.then, no: end.else };
    const others = found.get(end.test);
    if (others) others.push(ways);
    else found.set(end.test, [ways]);
  }
  return found;
});
