import { maxReceiverStoreDepth } from '../../budgets/dataflow.ts';
import { isEscapingFunction } from '../../callgraph/query/escaping-function.ts';
import { type Abstract, tainted } from '../domain/abstract.ts';
import type { Origin } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Whether a store into `this` is an effect in the summary of the function. A callee's is one in constructors, and in callbacks, whose
 * arguments are known only where they are passed. Elsewhere it is followed one call deep.
 * @param depth the number of calls between the function and the store
 */
export function listsReceiverStore({ linked, id, isConstructor }: FunctionView, depth: number): boolean {
  if (depth === 0 || isConstructor) return true;
  return depth <= maxReceiverStoreDepth && isEscapingFunction(linked, id);
}

/** Records what a callback has stored in the fields of the `this` that it captures, for the object's other methods. */
export function noteReceiver(frame: FunctionView, { taints, fields }: Abstract, depth: number): void {
  if (!fields || frame.isConstantPass) return;
  const receiver = taints.filter(({ exact, origin }) => exact && isReceiver(origin));
  if (receiver.length === 0) return;
  for (const [name, field] of fields)
    frame.engine.fields.noteEffect(frame, tainted(receiver), [name], field, depth);
}

function isReceiver(origin: Origin): boolean {
  return origin.kind === 'cell' || (origin.kind === 'param' && origin.index === -1);
}
