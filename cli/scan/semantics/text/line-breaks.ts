import { allKinds, kinds } from '../../dataflow/domain/kinds.ts';
import type { Taint } from '../../dataflow/domain/taint.ts';

/**
 * Returns the taints of a text after decoding, no longer clean for `log`. A request's header or URL holds no line break,
 * but the decoded text may. Taints that are clean for all kinds stay so.
 */
export function withLineBreaks(taints: readonly Taint[]): readonly Taint[] {
  const log = kinds('log');
  return taints.map((taint) =>
    !taint.clean.meets(log) || taint.clean.includes(allKinds)
      ? taint
      : { ...taint, clean: taint.clean.without(log) },
  );
}

/**
 * Returns the taints of a text that was decoded from bytes. A taint that is clean for `log` but not for `header` is no
 * longer clean for `log`, since the bytes may hold line breaks. A taint that is clean for both stays so: its text holds
 * none.
 */
export function withOwnLineBreaks(taints: readonly Taint[]): readonly Taint[] {
  const both = kinds('log', 'header');
  const log = kinds('log');
  return taints.map((taint) =>
    taint.clean.intersect(both) === log ? { ...taint, clean: taint.clean.without(log) } : taint,
  );
}
