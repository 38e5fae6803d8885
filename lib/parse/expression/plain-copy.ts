import { expressionFailed } from './expression-errors.ts';
import { ownValue, type Value } from './own-value.ts';

/** Everything that JSON can hold, and bigints. */
export type PlainData =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly PlainData[]
  | { readonly [name: string]: PlainData };

/** A copy of lists and plain objects. A value with another prototype (a class, a promise, a Map) is refused. */
export function plainCopy(
  value: Value,
  depth: number,
  spend: (steps: number) => void,
  at: number,
): PlainData {
  spend(1);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return expressionFailed('a result that nests too deep', at);
  if (Array.isArray(value)) {
    spend(value.length);
    return Array.from({ length: value.length }, (_, index) =>
      plainCopy(ownValue(value, index, at), depth - 1, spend, at),
    );
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    return expressionFailed('a result that is not plain data', at);
  }
  const copy: Record<string, PlainData> = {};
  for (const name of Object.keys(value)) {
    const copied = plainCopy(ownValue(value, name, at), depth - 1, spend, at);
    Object.defineProperty(copy, name, {
      value: copied,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return copy;
}
