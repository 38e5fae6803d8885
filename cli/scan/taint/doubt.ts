import type { Sink } from './summary.ts';
import { type Taint, traceSteps } from './taint.ts';

/** Ways into logs and answers that are longer, or go through more functions, are guesses put upon guesses. */
const maxSteps = 10;
const maxFunctions = { log: 5, leak: 3 };

/** Names in an archive: they are of others only where the archive is, of which nothing is known. */
const ofArchives = /^(?:archive|zipfile|tarfile)\./;

/**
 * What arrives at a sink, weak where the evidence is: what a log or the text of an error may do is little, and a hint that is
 * wrong is worth less than none.
 */
export function doubted(sink: Sink, taint: Taint): Taint {
  if (taint.weak || taint.origin.kind !== 'source' || (sink.kind !== 'log' && sink.kind !== 'leak'))
    return taint;
  const isOfArchive = sink.kind === 'log' && ofArchives.test(taint.origin.what);
  return isOfArchive || isFar(sink, sink.kind, taint) ? { ...taint, weak: true } : taint;
}

function isFar({ func: last }: Sink, kind: 'log' | 'leak', { trace }: Taint): boolean {
  if ((trace?.length ?? 0) > maxSteps) return true;
  const steps = traceSteps(trace);
  return steps.filter(({ func }, i) => func !== (steps[i + 1]?.func ?? last)).length >= maxFunctions[kind];
}
