import type { Func, Inst, ValueId } from '../../../ir/ir.ts';
import { canonicalValues } from '../../../ir/query/canonical.ts';

/** So far is walked back before it is looked up. */
const fewSteps = 3;

/**
 * The first value that is the same thing, and how it is made: the variable, for what it is after a hundred calls of its
 * methods. It is looked up then, as a walk back through them all would be as long as the function.
 */
export function sameInst(func: Func | undefined, value: ValueId): Inst | undefined {
  let inst = func?.code[value];
  for (let step = 0; step < fewSteps && (inst?.op === 'effect' || inst?.op === 'typed'); step++)
    inst = func?.code[inst.value];
  if (!func || (inst?.op !== 'effect' && inst?.op !== 'cell-store')) return inst;
  return func.code[canonicalValues(func)[value] ?? -1];
}
