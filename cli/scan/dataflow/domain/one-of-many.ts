import { type Abstract, deepTaints } from './abstract.ts';

/** An object with fewer entries than this counts as tainted if one of them is. */
const leastEntries = 6;

/**
 * Marks the taints of an object's entries as weak if the object has many entries and only few of them are tainted. Call
 * this before the object is collapsed to one value. After that, a read of any entry seems tainted, although most
 * entries are not.
 */
export function withDoubt(value: Abstract): Abstract {
  return isOneOfMany(value) ? weakened(value) : value;
}

function isOneOfMany({ shape, fields }: Abstract): boolean {
  if (shape === 'list' || !fields || fields.size < leastEntries) return false;
  let found = 0;
  for (const field of fields.values()) if (deepTaints(field).length > 0) found++;
  return found * leastEntries <= fields.size;
}

function weakened(value: Abstract): Abstract {
  const fields = new Map([...(value.fields ?? [])].map(([name, field]) => [name, asWhole(field)]));
  return { ...value, fields };
}

function asWhole(field: Abstract): Abstract {
  const taints = deepTaints(field).map((taint) => (taint.weak ? taint : { ...taint, weak: true }));
  return taints.length === 0 ? field : { ...field, taints, fields: undefined, rest: undefined };
}
