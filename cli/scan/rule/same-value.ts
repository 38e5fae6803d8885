import type { Func, Inst, ValueId } from '../ir/ir.ts';
import { canonicalValues } from '../taint/canonical.ts';

/**
 * The first value that is the same thing, and how it is made: the variable, for what it is after a hundred calls of its
 * methods. It is looked up, as a walk back through them all would be as long as the function.
 */
export function sameInst(func: Func | undefined, value: ValueId): Inst | undefined {
  return func?.code[canonicalValues(func)[value] ?? -1];
}
