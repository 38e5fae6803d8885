import type { Taint } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import { isDoubtfulOnWeb } from './doubt-web.ts';
import { sinkKind } from './sink-kinds.ts';
import { isFar } from './way-length.ts';

/**
 * What arrives at a sink, weak where the evidence is: what a log or the text of an error may do is little, and a hint that is
 * wrong is worth less than none.
 */
export function doubted(sink: Sink, taint: Taint): Taint {
  if (taint.weak || taint.origin.kind !== 'source') return taint;
  const isDoubtful = sinkKind(sink.kind).isDoubtful ?? never;
  const isWeak =
    isDoubtful({ sink: sink.what, from: taint.origin.what, isStored: taint.origin.source === 'stored' }) ||
    isDoubtfulOnWeb(sink, taint) ||
    isFar(sink, taint);
  return isWeak ? { ...taint, weak: true } : taint;
}

function never(): boolean {
  return false;
}
