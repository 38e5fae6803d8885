import type { ValueId } from '../../ir/ir.ts';
import type { Half } from './facts.ts';
import type { Kinds } from './kinds.ts';

/** That a value is harmless for these kinds, on the way that a check let through. */
export interface Check {
  readonly value: ValueId;
  readonly clean: Kinds;
  readonly half?: Half;
}

/** Nothing is proven. */
export const none: readonly Check[] = [];

/** All that two lists of checks prove: mostly there are none. */
export function both(some: readonly Check[], others: readonly Check[]): readonly Check[] {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...some, ...others];
}
