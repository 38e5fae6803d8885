import { type Check, none } from '../dataflow/domain/check.ts';
import { allKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { ValueId } from '../ir/ir.ts';

const trueOfNumbers: ReadonlySet<string> = new Set(['isFinite', 'isInteger', 'isSafeInteger']);

/**
 * What `isNaN(x)`, `isFinite(x)`, `Number.isInteger(x)` and similar tests prove of `x`, and of the text that `x` was
 * converted from.
 * @param isGlobal whether the test is a global function, not a method of `Number`
 */
export function numberChecks(
  frame: FunctionView,
  name: string,
  isGlobal: boolean,
  value: ValueId,
  isTrue: boolean,
): readonly Check[] {
  const text = madeOf(frame, value);
  const proves =
    name === 'isNaN' ? !isTrue && (isGlobal || text !== undefined) : isTrue && trueOfNumbers.has(name);
  if (!proves) return none;
  const one = { value, clean: allKinds };
  return text === undefined ? [one] : [one, { value: text, clean: allKinds }];
}

/** The value `x` of `Number(x)` or `+x`. Undefined for `parseInt(x)`, where only the beginning of `x` must be a number. */
function madeOf(frame: FunctionView, value: ValueId): ValueId | undefined {
  const inst = frame.inst(value);
  if (inst.op === 'unary') return inst.operator === '+' ? inst.value : undefined;
  const callee = inst.op === 'call' && !inst.isNew ? frame.inst(inst.callee) : undefined;
  return inst.op === 'call' && callee?.op === 'global' && callee.name === 'Number' ? inst.args[0] : undefined;
}
