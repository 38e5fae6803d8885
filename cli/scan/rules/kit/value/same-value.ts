import type { Func, Inst, ValueId } from '../../../ir/ir.ts';
import { valueNumbersOf } from '../../../ir/query/value-numbers.ts';

/** The number of steps to walk back before the table of value numbers is used. */
const fewSteps = 3;

/**
 * The instruction that made an object, behind the method calls on its variable since then. Undefined if there is no such value.
 * After a few steps, a table is used, since a variable may have hundreds of method calls.
 */
export function sameInst(func: Func | undefined, value: ValueId): Inst | undefined {
  let inst = func?.code[value];
  for (let step = 0; step < fewSteps && (inst?.op === 'effect' || inst?.op === 'typed'); step++)
    inst = func?.code[inst.value];
  if (!func || (inst?.op !== 'effect' && inst?.op !== 'cell-store')) return inst;
  return func.code[valueNumbersOf(func)[value] ?? -1];
}
