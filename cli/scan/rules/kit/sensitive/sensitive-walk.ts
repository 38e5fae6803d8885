import type { Linked } from '../../../callgraph/linked.ts';
import type { Place } from '../../../callgraph/query/made-by.ts';
import type { ValueId } from '../../../ir/ir.ts';
import type { Certainty, SensitiveKind } from './sensitive-name.ts';

/** Sensitive data that a value is or contains. */
export interface Sensitive {
  readonly kind: SensitiveKind;
  readonly sure: Certainty;
  /** The name that shows that the data is sensitive: `password`. */
  readonly name: string;
  /** The place where the data has this name. */
  readonly place: Place;
  /** Whether the value is a dictionary of which only the entry `name` is sensitive. */
  readonly isWhole?: true;
}

/** A backward walk from a value, bounded in steps and calls. */
export interface Walk {
  readonly linked: Linked;
  readonly seen: Set<string>;
  /** Whether the rule reports this call separately. The arguments of such a call are not traced. */
  readonly isOwn: (call: Place) => boolean;
  /** The number of steps that are left. */
  steps: number;
  /** Walks back from another value. Undefined if it finds nothing sensitive. */
  readonly back: (at: At, value: ValueId) => Sensitive | undefined;
}

/** The call through which the walk entered a function. Its arguments are the values of the parameters. */
export interface Entered {
  readonly func: number;
  readonly call: Place;
  /** The call through which the walk entered the caller, if it did. */
  readonly up: Entered | undefined;
}

/** The function that a walk is in, and the number of calls that it has crossed. */
export interface At {
  readonly func: number;
  readonly hops: number;
  readonly entered: Entered | undefined;
}

/** The maximum number of calls that a walk crosses, up or down. */
export const maxHops = 3;

const order: readonly Certainty[] = ['weak', 'likely', 'certain'];

/**
 * Returns the more certain of two results. `next` computes the second one. It is called only if the first is not
 * certain.
 */
export function best(one: Sensitive | undefined, next: () => Sensitive | undefined): Sensitive | undefined {
  if (one?.sure === 'certain') return one;
  const other = next();
  return !one || (other && order.indexOf(other.sure) > order.indexOf(one.sure)) ? (other ?? one) : one;
}

/** The most certain sensitive data in any of these values. Undefined if there is none. */
export function any(walk: Walk, at: At, values: Iterable<ValueId | undefined>): Sensitive | undefined {
  let found: Sensitive | undefined;
  for (const value of values) if (value !== undefined) found = best(found, () => walk.back(at, value));
  return found;
}
