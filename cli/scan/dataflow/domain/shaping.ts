import { allKinds, kinds } from './kinds.ts';
import type { Taint } from './taint.ts';

/** The kinds that an object is harmless for if untrusted data chose only the names of its entries. */
const beyondShape = allKinds.without(kinds('mass-assignment', 'nosql'));

/** The taints that a tainted key gives to an object with an entry under it. */
export function shaping(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, clean: taint.clean.union(beyondShape) }));
}

/** The reverse, for reading the names of such an object: strings, with no kind sanitised. */
export function shapingNames(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    taint.clean.includes(beyondShape) && !taint.clean.meets(kinds('mass-assignment'))
      ? { ...taint, clean: taint.clean.without(allKinds) }
      : taint,
  );
}
