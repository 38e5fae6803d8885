/** More than JSON.stringify writes by recursion on a stack of the usual size, and less than PostgreSQL reads. */
const deepest = 10_000;

/**
 * Whether a value, which JSON.stringify wrote as `json`, is nested deeper than 10,000 levels. It throws a RangeError
 * for less on most Nodes, but writes plain data of any depth from Node 26 on (v8.dev/blog/json-stringify).
 */
export function nestsTooDeep(value: unknown, json: string): boolean {
  if (json.length < 2 * deepest) return false;
  let level = [value].filter(isNest);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === deepest) return true;
    const next: object[] = [];
    for (const nest of level) pushNests(nest, next);
    level = next;
  }
  return false;
}

function pushNests(nest: object, found: object[]): void {
  if (Array.isArray(nest)) {
    for (const item of nest) if (isNest(item)) found.push(item);
    return;
  }
  // Three times as fast as Object.values.
  for (const key in nest) {
    const item: unknown = nest[key as keyof typeof nest];
    if (isNest(item) && Object.hasOwn(nest, key)) found.push(item);
  }
}

/** What says itself how it is written is no plain data: there JSON.stringify has its own bound still. */
function isNest(item: unknown): item is object {
  return typeof item === 'object' && item !== null && typeof (item as Jsonable).toJSON !== 'function';
}

interface Jsonable {
  readonly toJSON?: unknown;
}
