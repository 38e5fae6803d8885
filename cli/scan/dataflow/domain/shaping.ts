import { allKinds, kinds } from './kinds.ts';
import type { Taint } from './taint.ts';

/** The kinds for which an object is harmless if untrusted data chose only the names of its entries. */
const beyondShape = allKinds.without(kinds('mass-assignment', 'nosql'));

/**
 * The taints that an object gets from `object[key] = value`, where the key has these taints. They are sanitised for all
 * kinds of sinks but `mass-assignment` and `nosql`. In sinks of all other kinds, an attacker who only chooses the names of
 * entries does no harm.
 */
export function shaping(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, clean: taint.clean.union(beyondShape) }));
}

/**
 * The taints of the keys of an object that has these taints. Reverts what `shaping` does: a key that is read back is a text
 * that the attacker chose, and may do harm in all kinds of sinks.
 */
export function shapingNames(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    taint.clean.includes(beyondShape) && !taint.clean.meets(kinds('mass-assignment'))
      ? { ...taint, clean: taint.clean.without(allKinds) }
      : taint,
  );
}
