import type { Func, Inst, ValueId } from '../../../ir/ir.ts';
import { valueNumbersOf } from '../../../ir/query/value-numbers.ts';

/** The number of steps to walk back before the table is used. */
const fewSteps = 3;

/**
 * The instruction that made the first value of the same object: the variable before any method calls on it. After a few steps it
 * is looked up in a table, as a variable may have hundreds of calls.
 */
export function sameInst(func: Func | undefined, value: ValueId): Inst | undefined {
  let inst = func?.code[value];
  for (let step = 0; step < fewSteps && (inst?.op === 'effect' || inst?.op === 'typed'); step++)
    inst = func?.code[inst.value];
  if (!func || (inst?.op !== 'effect' && inst?.op !== 'cell-store')) return inst;
  return func.code[valueNumbersOf(func)[value] ?? -1];
}
