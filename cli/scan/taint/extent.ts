import { type Abstract, deepTaints } from './abstract.ts';

/** A value of which each entry is known only as a whole. */
export function flat(value: Abstract): Abstract {
  return trimmed(value, 1);
}

/** A value of which as many levels are known: what lies deeper is known only as a whole. */
export function trimmed(value: Abstract, levels: number): Abstract {
  if (levels === 0) return whole(value);
  if (extent(value).depth <= levels) return value;
  const fields =
    value.fields && new Map([...value.fields].map(([name, field]) => [name, trimmed(field, levels - 1)]));
  return { ...value, fields, rest: value.rest && trimmed(value.rest, levels - 1) };
}

/** A value of which two levels are known, for where many are kept. */
export function limited(value: Abstract): Abstract {
  return extent(value).depth <= 2 ? value : flat(value);
}

/** A value of which only the taints are known, with those of what is in it. */
export function whole(value: Abstract): Abstract {
  if (!value.fields && !value.rest) return value;
  return { ...value, taints: deepTaints(value), fields: undefined, rest: undefined, length: undefined };
}

export interface Extent {
  readonly depth: number;
  /** Number of values in it. */
  readonly size: number;
}

const leaf: Extent = { depth: 0, size: 1 };

const extents = new WeakMap<Abstract, Extent>();

/** How deep and how large a value is. */
export function extent(value: Abstract): Extent {
  if (!value.fields && !value.rest) return leaf;
  const known = extents.get(value);
  if (known) return known;
  let { depth, size } = value.rest ? extent(value.rest) : { depth: 0, size: 0 };
  for (const field of value.fields?.values() ?? []) {
    const inner = extent(field);
    depth = Math.max(depth, inner.depth);
    size += inner.size;
  }
  const found = { depth: depth + 1, size: size + 1 };
  extents.set(value, found);
  return found;
}
