import type { Taint } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import { isDoubtfulOnWeb } from './doubt-web.ts';
import { isFar } from './path-length.ts';
import { sinkKind } from './sink-kinds.ts';

/**
 * Returns the taint that reaches a sink, marked as weak if the kind of the sink, the kind of the source or a long path
 * makes the finding doubtful. Taints of parameters are returned unchanged.
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
