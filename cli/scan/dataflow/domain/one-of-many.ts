import { type Abstract, deepTaints } from './abstract.ts';

/** With fewer entries than this, one tainted entry stands for the object. */
const leastEntries = 6;

/**
 * Weakens the taints of a value if only one of its many entries is tainted. Once the value is collapsed, a read of it most likely
 * means another entry: a method, say, of an object that holds its settings too.
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
