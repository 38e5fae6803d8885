import { allKinds, kinds } from './kinds.ts';
import type { Taint } from './taint.ts';

/** The kinds for which an object is harmless if untrusted data chose only the names of its entries. */
const beyondShape = allKinds.without(kinds('mass-assignment', 'nosql'));

/**
 * The taints that an object gets from a store under a key with these taints. Untrusted names of entries do harm in
 * `mass-assignment` and `nosql` sinks alone, so the taints are sanitised for all other kinds.
 */
export function shaping(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, clean: taint.clean.union(beyondShape) }));
}

/**
 * The taints of an object's keys, for an object with these taints. Undoes what `shaping` sanitises: a key is an
 * untrusted text, and may do harm in all kinds of sinks.
 */
export function shapingNames(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    taint.clean.includes(beyondShape) && !taint.clean.meets(kinds('mass-assignment'))
      ? { ...taint, clean: taint.clean.without(allKinds) }
      : taint,
  );
}
