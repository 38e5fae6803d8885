import type { Target } from '../../../callgraph/linked.ts';
import { type Abstract, constant, unknown } from '../../../dataflow/domain/abstract.ts';
import { element, load, object, storeSomewhere } from '../../../dataflow/domain/entries.ts';
import { applySummary } from '../../../dataflow/summary/apply.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../../ir/ir.ts';

/**
 * Applies a queue's worker function to a job with the added data, at the call that adds the job. The worker runs later, so
 * its result is not the result of this call.
 */
export function runJob(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  { func, shift, job }: Target,
  args: readonly Abstract[],
): void {
  let whole = args[shift] ?? unknown;
  if (job?.isMany) whole = load(element(whole), 'data');
  for (const name of [...(job?.data ?? [])].reverse()) whole = object([[name, whole]]);
  if (job?.isBatch) whole = storeSomewhere(whole, whole);
  const params = frame.linked.program.functions[func]?.func.params ?? [];
  const given = params.map((_, i) => (i === 0 ? whole : constant(undefined)));
  applySummary(frame, value, inst, func, given, unknown);
}
