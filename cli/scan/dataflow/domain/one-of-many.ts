import { type Abstract, deepTaints } from './abstract.ts';

/** An object with fewer entries says by any of them what is in it. */
const leastEntries = 6;

/**
 * A value whose taints are weak where one of its many entries is of others: once nothing is known of it but as a whole, what is
 * read from it is most likely another one, as the methods are of an object that keeps its settings beside them.
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
