import type { Inst, ValueId } from '../ir/ir.ts';
import type { Abstract } from './abstract.ts';
import { applySummary } from './apply.ts';
import type { Frame } from './frame.ts';

/** The read of a property that is a getter. */
export function callGetter(
  frame: Frame,
  value: ValueId,
  inst: Inst & { op: 'member' },
): Abstract | undefined {
  const [getter] = frame.linked.targets(frame.id, value);
  if (!getter) return undefined;
  return applySummary(frame, value, inst, getter.func, [], frame.use(inst.object)).returns;
}

/** A store that runs a setter: the object after it. */
export function callSetter(
  frame: Frame,
  value: ValueId,
  inst: Inst & { op: 'store' },
  field: Abstract,
): Abstract | undefined {
  const [setter] = frame.linked.targets(frame.id, value);
  return setter && applySummary(frame, value, inst, setter.func, [field], frame.use(inst.object)).receiver;
}

/** An operator that a class of the project defines. */
export function callOperator(
  frame: Frame,
  value: ValueId,
  inst: Inst & { op: 'binary' },
): Abstract | undefined {
  const [method] = frame.linked.targets(frame.id, value);
  if (!method) return undefined;
  const [left, right] = [frame.use(inst.left), frame.use(inst.right)];
  return applySummary(frame, value, inst, method.func, [right], left).returns;
}
