import { maxBranchStores, maxMergedBranches } from '../../budgets/dataflow.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, holdsSource } from '../domain/abstract.ts';
import { store } from '../domain/entries.ts';
import { same } from '../domain/same.ts';
import type { FunctionView } from '../view/function-view.ts';

type Store = Inst & { readonly op: 'store' };

/**
 * Whether a store only writes a changed member back, so that the object gets no new member. The IR has such a store after a
 * change of a member's member: `a.b.c = x` stores the changed `a.b` in `a` again.
 */
export function isWrittenBack(frame: FunctionView, inst: Store): boolean {
  return readBefore(frame, inst) !== undefined;
}

/**
 * Whether a store writes a member back unchanged, and so has no effect. Such a store follows a method call on a member,
 * such as `upload.name.endswith('.csv')`.
 * @param field the stored value
 */
export function isAsRead(frame: FunctionView, inst: Store, field: Abstract): boolean {
  const read = readBefore(frame, inst);
  const before = read === undefined ? undefined : frame.values[read];
  return before !== undefined && same(before, field);
}

/**
 * Adds untrusted members to one input of a phi, if another input is the same object with these members changed and written
 * back. After `if (!req.body.id) req.body.id = '1'`, only one input has a known `body`, whose `id` is `'1'`. In the other
 * input, `req.body.id` is still untrusted. Without this function, the join of the inputs would lose that taint.
 * @param it the abstract value of `input`
 */
export function withRead(
  frame: FunctionView,
  it: Abstract,
  input: ValueId,
  inputs: readonly ValueId[],
): Abstract {
  let all = it;
  for (let i = 0; i < inputs.length && i < maxMergedBranches; i++) {
    const other = inputs[i] as ValueId;
    let inst = frame.inst(other);
    for (let n = 0; n < maxBranchStores && inst.op === 'store' && other !== input; n++) {
      if (frame.valueNumbers[inst.object] !== frame.valueNumbers[input]) break;
      const read = all.fields?.has(inst.name) ? undefined : readBefore(frame, inst);
      const before = read === undefined ? undefined : frame.values[read];
      if (before && holdsSource(before)) all = store(all, inst.name, before);
      inst = frame.inst(inst.object);
    }
  }
  return all;
}

/** The read of the member that a store writes back. Undefined if it stores another value. */
function readBefore(frame: FunctionView, { object, name, value }: Store): ValueId | undefined {
  let from = value;
  let read = frame.inst(from);
  while (read.op === 'store' || read.op === 'store-index' || read.op === 'effect') {
    from = read.op === 'effect' ? read.value : read.object;
    read = frame.inst(from);
  }
  return read.op === 'member' &&
    read.name === name &&
    frame.valueNumbers[read.object] === frame.valueNumbers[object]
    ? from
    : undefined;
}
