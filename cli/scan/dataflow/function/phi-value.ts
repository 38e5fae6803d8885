import type { BlockId, ValueId } from '../../ir/ir.ts';
import { type Abstract, isUntainted, unknown } from '../domain/abstract.ts';
import { join } from '../domain/join.ts';
import { withRead } from '../query/written-back.ts';
import type { FunctionView } from '../view/function-view.ts';
import { proven } from './proven-values.ts';

/**
 * The value of a phi: the join of its inputs on executable edges. Each input is sanitised for the kinds of sinks for which
 * the facts on its edge prove it harmless. `unknown` if no input has a value yet.
 */
export function phiValue(
  frame: FunctionView,
  block: BlockId,
  preds: readonly BlockId[],
  inputs: readonly ValueId[],
): Abstract {
  let all: Abstract | undefined;
  for (let i = 0; i < preds.length; i++) {
    const pred = preds[i] as BlockId;
    const input = inputs[i];
    if (input === undefined || !frame.edges.isTaken(pred, block)) continue;
    const it = frame.values[input];
    const read = it && !frame.isConstantPass ? withRead(frame, it, input, inputs) : it;
    const value =
      read && !frame.isConstantPass && !isUntainted(read)
        ? proven(frame, read, input, frame.edges.factsOn(pred, block))
        : read;
    all = all && value ? join(all, value) : (value ?? all);
  }
  return all ?? unknown;
}
