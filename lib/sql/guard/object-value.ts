/** A value that is a plain object, or a function. */
export interface ObjectValue {
  readonly type: 'object' | 'function';
  /** Its first names. */
  readonly keys: string;
  /** Which value, counted from 1. */
  readonly value: number;
}

/**
 * The first value that a client's JSON or query string can have made an object of, or undefined. Dates, bytes, lists of
 * scalars and objects of a class are what drivers know.
 */
export function objectValue(
  values: readonly unknown[],
  accepts: (index: number) => boolean,
): ObjectValue | undefined {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) continue;
    const found = typeof value === 'function' ? value : firstObject(value, 0);
    if (found === undefined || accepts(i)) continue;
    if (typeof found === 'function') return { type: 'function', keys: '', value: i + 1 };
    return { type: 'object', keys: Object.keys(found).slice(0, 5).join(', '), value: i + 1 };
  }
  return undefined;
}

const deepest = 4;

function firstObject(value: object, depth: number): object | undefined {
  if (Array.isArray(value)) {
    if (depth > deepest) return value;
    for (const item of value) {
      const found = typeof item === 'object' && item !== null ? firstObject(item, depth + 1) : undefined;
      if (found) return found;
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return undefined;
  // No JSON holds a function: `mysql.raw()` and pg's `toPostgres` are the application's own.
  return typeof own(value, 'toSqlString') === 'function' || typeof own(value, 'toPostgres') === 'function'
    ? undefined
    : value;
}

function own(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
