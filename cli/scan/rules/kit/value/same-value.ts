import type { Func, Inst, ValueId } from '../../../ir/ir.ts';
import { valueNumbersOf } from '../../../ir/query/value-numbers.ts';

/** The number of steps to walk back before the table of value numbers is used. */
const fewSteps = 3;

/**
 * Returns the instruction that made a value. Skips type annotations, and later calls that may have changed the value,
 * such as `items.sort()`. Undefined if the function has no such value.
 */
export function sameInst(func: Func | undefined, value: ValueId): Inst | undefined {
  let inst = func?.code[value];
  for (let step = 0; step < fewSteps && (inst?.op === 'effect' || inst?.op === 'typed'); step++)
    inst = func?.code[inst.value];
  if (!func || (inst?.op !== 'effect' && inst?.op !== 'cell-store')) return inst;
  return func.code[valueNumbersOf(func)[value] ?? -1];
}
