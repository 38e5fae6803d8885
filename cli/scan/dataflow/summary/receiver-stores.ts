import { maxReceiverStoreDepth } from '../../budgets/dataflow.ts';
import { isEscapingFunction } from '../../callgraph/query/escaping-function.ts';
import { type Abstract, tainted } from '../domain/abstract.ts';
import type { Origin } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Whether the summary of the function lists a store into `this`, made by the function itself or by one that it calls.
 * Constructors list such stores at any depth. Callbacks list those that are one call deep, since their arguments are known
 * only where they are passed. Other functions list their own stores only.
 * @param depth the number of calls between the function and the store
 */
export function listsReceiverStore({ linked, id, isConstructor }: FunctionView, depth: number): boolean {
  if (depth === 0 || isConstructor) return true;
  return depth <= maxReceiverStoreDepth && isEscapingFunction(linked, id);
}

/**
 * Records the values that a called closure has stored in fields of a captured `this`, so that reads of these fields in
 * other methods find them. Does nothing if the value is not `this`.
 */
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
