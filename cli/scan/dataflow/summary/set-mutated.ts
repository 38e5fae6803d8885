import type { ValueId } from '../../ir/ir.ts';
import type { Abstract } from '../domain/abstract.ts';
import { join } from '../domain/join.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Records the value that an argument (-1: the receiver) has after a call. If a value is recorded already, the two are
 * joined.
 */
export function setMutated(frame: FunctionView, call: ValueId, arg: number, after: Abstract): void {
  frame.mutated ??= new Map();
  let all = frame.mutated.get(call);
  if (!all) {
    all = new Map();
    frame.mutated.set(call, all);
  }
  const before = all.get(arg);
  all.set(arg, before ? join(before, after) : after);
}
