import { allKinds, kinds } from '../../dataflow/domain/kinds.ts';
import type { Taint } from '../../dataflow/domain/taint.ts';

/**
 * Returns the taints of a decoded text, such as a decoded URL. They are no longer clean for `log`, because the decoded
 * text may contain line breaks. Taints that are clean for all kinds are unchanged.
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
 * Returns the taints of a text that was decoded from bytes, which may contain line breaks. A taint that is clean for
 * `log` but not for `header` is no longer clean for `log`. A taint that is clean for both is unchanged: its text was
 * checked for line breaks.
 */
export function withOwnLineBreaks(taints: readonly Taint[]): readonly Taint[] {
  const both = kinds('log', 'header');
  const log = kinds('log');
  return taints.map((taint) =>
    taint.clean.intersect(both) === log ? { ...taint, clean: taint.clean.without(log) } : taint,
  );
}
