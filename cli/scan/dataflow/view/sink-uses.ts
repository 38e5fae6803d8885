import { maxSinkOrigins, maxSinksPerKind } from '../../budgets/dataflow.ts';
import type { Origin, Taint, Trace } from '../domain/taint.ts';
import type { Sink, SinkUse } from './summary.ts';

/**
 * The flows into sinks, by the origin that they start from: a parameter, a captured variable or the result of a callback.
 */
export type SinkUses = Map<Origin, SinkUse[]>;

/**
 * Adds a flow into a sink and returns it. If the same flow is already known, merges the two: the merged flow is
 * sanitised only for the kinds that both are sanitised for, and weak only if both are weak. Returns undefined if this
 * changes nothing, or if the origin reaches too many sinks of this kind. Returns `full` if the origin is new and there
 * are too many origins already.
 * @param trace called only if the flow is added or merged
 */
export function addUse(
  all: SinkUses,
  sink: Sink,
  { origin, exact, clean, weak }: Omit<Taint, 'trace'>,
  trace: () => Trace | undefined,
): SinkUse | 'full' | undefined {
  let uses = all.get(origin);
  if (!uses) {
    if (all.size >= maxSinkOrigins) return 'full';
    uses = [];
    all.set(origin, uses);
  }
  let others = 0;
  for (let i = 0; i < uses.length; i++) {
    const use = uses[i] as SinkUse;
    if (use.sink.kind !== sink.kind || use.exact !== exact) continue;
    if (use.sink.func !== sink.func || use.sink.value !== sink.value) {
      others++;
      continue;
    }
    const both = use.clean.intersect(clean);
    const isWeak = use.weak && weak;
    if (both === use.clean && isWeak === use.weak) return undefined;
    const better = { ...use, clean: both, weak: isWeak, trace: trace() };
    uses[i] = better;
    return better;
  }
  if (others >= maxSinksPerKind) return undefined;
  const use = { origin, exact, clean, weak, sink, trace: trace() };
  uses.push(use);
  return use;
}
