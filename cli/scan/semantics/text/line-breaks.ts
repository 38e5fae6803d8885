import { allKinds, kinds } from '../../dataflow/domain/kinds.ts';
import type { Taint } from '../../dataflow/domain/taint.ts';

/** The taints after decoding. A request's header or URL holds no line break, but its decoded text may. */
export function withLineBreaks(taints: readonly Taint[]): readonly Taint[] {
  const log = kinds('log');
  return taints.map((taint) =>
    !taint.clean.meets(log) || taint.clean.includes(allKinds)
      ? taint
      : { ...taint, clean: taint.clean.without(log) },
  );
}

/**
 * Returns the taints of a text decoded from bytes, which may hold line breaks. Changes only taints that are clean for `log` but
 * not for `header`: texts that hold no line break at all are clean for both.
 */
export function withOwnLineBreaks(taints: readonly Taint[]): readonly Taint[] {
  const both = kinds('log', 'header');
  const log = kinds('log');
  return taints.map((taint) =>
    taint.clean.intersect(both) === log ? { ...taint, clean: taint.clean.without(log) } : taint,
  );
}
