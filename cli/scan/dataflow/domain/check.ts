import type { ValueId } from '../../ir/ir.ts';
import type { Conjunct } from './facts.ts';
import type { Kinds } from './kinds.ts';

/** A guard's result: on the edge where it passes, a value is harmless for these kinds. */
export interface Check {
  readonly value: ValueId;
  readonly clean: Kinds;
  readonly conjunct?: Conjunct;
}

/** Nothing is proven. */
export const none: readonly Check[] = [];

/** Concatenates two lists. Returns one of them uncopied if the other is empty, which is the usual case. */
export function both(some: readonly Check[], others: readonly Check[]): readonly Check[] {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...some, ...others];
}
