import type { ValueId } from '../../ir/ir.ts';
import type { Conjunct } from './facts.ts';
import type { Kinds } from './kinds.ts';

/**
 * What a guard proves on a control-flow edge: `value` is harmless in sinks of the kinds `clean`. With `conjunct`, the guard
 * is one of several that prove something only together.
 */
export interface Check {
  readonly value: ValueId;
  readonly clean: Kinds;
  readonly conjunct?: Conjunct;
  /**
   * If set, the check is about this field of `value`, and not about `value` itself. The function never reads the field.
   */
  readonly field?: string | undefined;
}

/** The result of a guard that proves nothing. */
export const none: readonly Check[] = [];

/** The checks of both lists. Returns one of them uncopied if the other is empty, which is the usual case. */
export function both(some: readonly Check[], others: readonly Check[]): readonly Check[] {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...some, ...others];
}
