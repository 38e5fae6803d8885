import type { Origin, Taint, Trace } from '../domain/taint.ts';
import type { Sink, SinkUse } from './summary.ts';

/** The sinks that are reached from a function's parameters, and from variables of the functions around it. */
export type SinkUses = Map<Origin, SinkUse[]>;

/** Ways from more parameters, or parts of them, than this are not followed to the callers of a function. */
const maxOrigins = 32;
/** Of the sinks of one kind that a parameter reaches callers are told the first ones: one is enough to be wrong. */
const maxPerKind = 4;

/**
 * Adds a way to a sink. Gives it where it is new, or more dangerous than what was known of it; only then
 * its trace is asked for.
 */
export function addUse(
  all: SinkUses,
  sink: Sink,
  { origin, exact, clean, weak }: Omit<Taint, 'trace'>,
  trace: () => Trace | undefined,
): SinkUse | 'full' | undefined {
  let uses = all.get(origin);
  if (!uses) {
    if (all.size >= maxOrigins) return 'full';
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
    if (both === use.clean) return undefined;
    const better = { ...use, clean: both, weak: use.weak && weak, trace: trace() };
    uses[i] = better;
    return better;
  }
  if (others >= maxPerKind) return undefined;
  const use = { origin, exact, clean, weak, sink, trace: trace() };
  uses.push(use);
  return use;
}
