import type { Inst } from '../ir/ir.ts';
import { type Abstract, unknown } from './abstract.ts';
import type { BuiltinCall } from './builtins.ts';
import { setMutated } from './calls.ts';
import { element, itemsOf, list } from './entries.ts';
import { escapes } from './escapes.ts';
import type { Frame } from './frame.ts';
import { join } from './join.ts';

/** More than these have no places. */
const maxItems = 20;

/** What a generator has given once it has yielded one more: in their order, where it goes straight through its code. */
export function yielded(frame: Frame, inst: Inst & { op: 'yield' }, it: Abstract): Abstract {
  const before = frame.returned;
  const isStraight = frame.func.blocks.length === 1 && frame.inst(inst.value).op !== 'element';
  const items = before ? before.length !== undefined && itemsOf(before) : [];
  if (isStraight && items && items.length < maxItems) return list([...items, it]);
  return before ? join(before, list([], it)) : list([], it);
}

/** Python's `next(steps)` and `next(steps, other)`: the first, of what no one else goes through. */
export function nextOf({ frame, value, inst, args }: BuiltinCall): Abstract {
  const [steps = unknown, other] = args;
  const [given] = inst.args;
  const made = given === undefined ? undefined : (frame.canonical[given] as number);
  const isCertain =
    made !== undefined && frame.inst(made).op === 'call' && !escapes(frame, made) && !hasMethods(frame, made);
  if (isCertain && steps.length !== undefined && steps.length > 0 && steps.taints.length === 0) {
    const [first = unknown, ...others] = itemsOf(steps);
    setMutated(frame, value, 0, list(others));
    return first;
  }
  const any = element(frame.engine.origins, steps);
  return other ? join(any, other) : any;
}

/** `steps.send(None)` */
function hasMethods(frame: Frame, made: number): boolean {
  return frame.func.code.some((inst) => inst.op === 'member' && frame.canonical[inst.object] === made);
}
