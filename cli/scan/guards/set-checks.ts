import { type Check, none } from '../dataflow/domain/check.ts';
import { allKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { isOwn } from '../semantics/collection/own-values.ts';

/** What a true `set(cols) <= ALLOWED` or an empty `set(cols) - ALLOWED` proves: each item of `cols` is allowed. */
export function setComparison(
  frame: FunctionView,
  inst: Inst & { op: 'binary' },
  isTrue: boolean,
): readonly Check[] {
  const { operator, left, right } = inst;
  const isWithin = operator === '-' ? !isTrue : isTrue && (operator === '<=' || operator === '<');
  return isWithin ? within(frame, left, right) : none;
}

/**
 * What a true `set(cols).issubset(ALLOWED)` or an empty `set(cols).difference(ALLOWED)` proves: each item of `cols` is
 * allowed.
 */
export function subsetCall(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  isTrue: boolean,
): readonly Check[] {
  const callee = frame.inst(inst.callee);
  const [all] = inst.args;
  if (callee.op !== 'member' || all === undefined) return none;
  const isWithin = callee.name === 'issubset' ? isTrue : callee.name === 'difference' && !isTrue;
  return isWithin ? within(frame, callee.object, all) : none;
}

function within(frame: FunctionView, set: ValueId, all: ValueId): readonly Check[] {
  const made = frame.inst(set);
  const callee = made.op === 'call' ? frame.inst(made.callee) : undefined;
  if (made.op !== 'call' || callee?.op !== 'global' || !/^(?:set|frozenset)$/.test(callee.name)) return none;
  const [items] = made.args;
  if (items === undefined || !isOwn(frame.values[all])) return none;
  return [
    { value: items, clean: allKinds },
    { value: set, clean: allKinds },
  ];
}
