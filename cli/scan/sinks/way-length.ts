import { type Taint, traceSteps } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import type { PathLimit } from './kind.ts';
import { sinkKind } from './sink-kinds.ts';
import { archives, sockets } from './source-names.ts';

/** The names in an archive are of others only where the archive is, of which nothing is known. */
const ofArchive: PathLimit = { steps: 10, functions: 3 };
/** What the bytes of a socket mean is for a protocol to say: behind its parsers a field is seldom what the sender likes. */
const ofSocket: PathLimit = { steps: 9, functions: 3 };
const ofOthers: PathLimit = { steps: 16, functions: 9 };

/** Whether data goes through more on its way to a sink than its evidence is good for. */
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
