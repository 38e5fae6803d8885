import { type Taint, traceSteps } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import type { PathLimit } from './kind.ts';
import { sinkKind } from './sink-kinds.ts';
import { archives, sockets } from './source-names.ts';

/** Entries of an archive: whether they are untrusted depends on where the archive came from, which is unknown. */
const ofArchive: PathLimit = { steps: 10, functions: 3 };
/** Data of a raw socket: after the protocol's parser, a field is rarely arbitrary. */
const ofSocket: PathLimit = { steps: 9, functions: 3 };
const ofOthers: PathLimit = { steps: 16, functions: 9 };

/** Whether the path of a taint to a sink is so long that the evidence is weak. */
export function isFar(sink: Sink, { trace, origin }: Taint): boolean {
  const limit = limitOf(sink, origin.kind === 'source' ? origin.what : '');
  const length = trace?.length ?? 0;
  if (!limit || length < limit.functions) return false;
  if (length > limit.steps) return true;
  const steps = traceSteps(trace);
  return steps.filter(({ func }, i) => func !== (steps[i + 1]?.func ?? sink.func)).length >= limit.functions;
}

function limitOf({ kind }: Sink, what: string): PathLimit | undefined {
  const { maxPath } = sinkKind(kind);
  if (maxPath) return maxPath === 'unlimited' ? undefined : maxPath;
  if (archives.test(what)) return ofArchive;
  return sockets.test(what) ? ofSocket : ofOthers;
}
