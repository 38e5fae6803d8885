import { allKinds, kinds } from './kinds.ts';
import type { Taint } from './taint.ts';

/** The kinds for which an object is harmless if untrusted data chose only the names of its entries. */
const beyondShape = allKinds.without(kinds('mass-assignment', 'nosql'));

/** The taints that an object gets from a store under a key with these taints. */
export function shaping(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, clean: taint.clean.union(beyondShape) }));
}

/** The reverse of `shaping`: the taints of the names of such an object. These are texts, and sanitised for no kind. */
export function shapingNames(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    taint.clean.includes(beyondShape) && !taint.clean.meets(kinds('mass-assignment'))
      ? { ...taint, clean: taint.clean.without(allKinds) }
      : taint,
  );
}
