/** A type and not an interface, because only a type is assignable to a record of functions. */
type RuleFunctions = {
  abs(value: unknown): number;
  ceil(value: unknown): number;
  floor(value: unknown): number;
  max(...values: readonly unknown[]): number;
  min(...values: readonly unknown[]): number;
  round(value: unknown, digits?: unknown): number;
  sum(list: unknown): number;
  lower(value: unknown): string;
  upper(value: unknown): string;
  trim(value: unknown): string;
  startsWith(value: unknown, start: unknown): boolean;
  endsWith(value: unknown, end: unknown): boolean;
  includes(value: unknown, part: unknown): boolean;
};

/**
 * Functions that rules usually need. Each refuses a value of the wrong type, because JavaScript would convert it.
 *
 * Numbers: `abs`, `ceil`, `floor`, `max`, `min`, `round(value, digits)`. Strings: `lower`, `upper`, `trim`, `startsWith`, `endsWith`,
 * `includes`. `sum(list)` adds numbers.
 *
 * @example
 * ```ts
 * import { expression, ruleFunctions } from 'bulwark/parse/expression';
 *
 * expression('round(price * 1.19, 2)', { functions: ruleFunctions }).evaluate({ price: 9.99 }); // 11.89
 * ```
 */
export const ruleFunctions: RuleFunctions = Object.freeze({
  abs: (value: unknown): number => Math.abs(number(value)),
  ceil: (value: unknown): number => Math.ceil(number(value)),
  floor: (value: unknown): number => Math.floor(number(value)),
  max: (...values: readonly unknown[]): number => Math.max(...some(values)),
  min: (...values: readonly unknown[]): number => Math.min(...some(values)),
  round: (value: unknown, digits: unknown = 0): number => round(number(value), number(digits)),
  sum: (list: unknown): number => numbers(list).reduce((total, one) => total + one, 0),
  lower: (value: unknown): string => text(value).toLowerCase(),
  upper: (value: unknown): string => text(value).toUpperCase(),
  trim: (value: unknown): string => text(value).trim(),
  startsWith: (value: unknown, start: unknown): boolean => text(value).startsWith(text(start)),
  endsWith: (value: unknown, end: unknown): boolean => text(value).endsWith(text(end)),
  includes: (value: unknown, part: unknown): boolean => text(value).includes(text(part)),
});

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError('This function takes a number.');
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('This function takes a string.');
}

function some(values: readonly unknown[]): number[] {
  if (values.length === 0) throw new TypeError('This function takes at least one number.');
  return values.map(number);
}

function numbers(list: unknown): number[] {
  if (!Array.isArray(list)) throw new TypeError('This function takes a list of numbers.');
  return list.map(number);
}

/** By the decimal digits, so that 1.005 rounds to 1.01. */
function round(value: number, digits: number): number {
  if (!Number.isInteger(digits) || digits < 0 || digits > 15) throw new TypeError('Between 0 and 15 digits.');
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [rounded = '0', shifted = '0'] = String(
    Math.round(Number(`${mantissa}e${Number(exponent) + digits}`)),
  ).split('e');
  return Number(`${rounded}e${Number(shifted) - digits}`);
}
