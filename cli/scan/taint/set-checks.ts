import type { Inst, ValueId } from '../ir/ir.ts';
import { type Check, none } from './check.ts';
import type { Frame } from './frame.ts';
import { allKinds } from './kinds.ts';
import { isOwn } from './own-values.ts';

/** `set(cols) <= ALLOWED`, and `set(cols) - ALLOWED` that is empty: each item is one of our own. */
export function setComparison(
  frame: Frame,
  inst: Inst & { op: 'binary' },
  isTrue: boolean,
): readonly Check[] {
  const { operator, left, right } = inst;
  const isWithin = operator === '-' ? !isTrue : isTrue && (operator === '<=' || operator === '<');
  return isWithin ? within(frame, left, right) : none;
}

/** `set(cols).issubset(ALLOWED)` */
export function subsetCall(frame: Frame, inst: Inst & { op: 'call' }, isTrue: boolean): readonly Check[] {
  const callee = frame.inst(inst.callee);
  const [all] = inst.args;
  if (callee.op !== 'member' || all === undefined) return none;
  const isWithin = callee.name === 'issubset' ? isTrue : callee.name === 'difference' && !isTrue;
  return isWithin ? within(frame, callee.object, all) : none;
}

function within(frame: Frame, set: ValueId, all: ValueId): readonly Check[] {
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
