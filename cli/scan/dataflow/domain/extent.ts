import { type Abstract, abstract, deepTaints } from './abstract.ts';
import { withDoubt } from './one-of-many.ts';

/**
 * A copy of a value whose entries have no entries of their own. Each entry takes over the taints of those dropped from it.
 */
function flat(value: Abstract): Abstract {
  return trimmed(value, 1);
}

/**
 * A copy of a value with at most this many levels of nested entries. The last level takes over the taints of deeper ones.
 */
export function trimmed(value: Abstract, levels: number): Abstract {
  if (levels === 0) return whole(value);
  if (isWithin(value, levels)) return value;
  const fields =
    value.fields && new Map([...value.fields].map(([name, field]) => [name, trimmed(field, levels - 1)]));
  const { consts, taints, shape, length, textTemplate: skeleton } = value;
  const rest = value.rest && trimmed(value.rest, levels - 1);
  return abstract(consts, taints, fields, rest, shape, length, skeleton);
}

/**
 * A copy of a value for places that keep very many values, such as summaries. If it has more than two levels of nested
 * entries, only the first level is kept.
 */
export function limited(value: Abstract): Abstract {
  return isWithin(value, 2) ? value : flat(value);
}

/**
 * A copy of a value without its entries. The copy takes over the taints of the entries. If the value has many entries and
 * only few of them are tainted, these taints become weak.
 */
export function whole(value: Abstract): Abstract {
  if (!value.fields && !value.rest) return value;
  const { consts, shape, textTemplate: skeleton } = value;
  const taints = deepTaints(withDoubt(value));
  return abstract(consts, taints, undefined, undefined, shape, undefined, skeleton);
}

/** Whether a value has at most this many levels of entries. A value without entries has none. */
function isWithin({ fields, rest }: Abstract, levels: number): boolean {
  if (!fields && !rest) return true;
  if (levels === 0) return false;
  if (rest && !isWithin(rest, levels - 1)) return false;
  if (fields)
    for (const field of fields.values())
      if ((field.fields || field.rest) && !isWithin(field, levels - 1)) return false;
  return true;
}

/** Whether a value consists of at most `most` values: itself, and its entries at any depth. */
export function isNoMoreThan(value: Abstract, most: number): boolean {
  return leftOf(value, most) >= 0;
}

/** `most` minus the number of values. The count stops once this is negative. */
function leftOf(value: Abstract, most: number): number {
  let left = most - 1;
  if (value.rest && left >= 0) left = leftOf(value.rest, left);
  if (!value.fields) return left;
  for (const field of value.fields.values()) {
    if (left < 0) return left;
    left = field.fields || field.rest ? leftOf(field, left) : left - 1;
  }
  return left;
}
