import { knownOptions } from '../../internal/known-options.ts';
import type { StandardSchema } from '../../internal/standard-schema.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readSchema } from '../apply-schema.ts';
import { limit } from '../limit.ts';

export interface FormOptions<T = unknown> {
  /** Validates the parsed value, and gives the result its type. Values are strings: use `z.coerce` and the like. It must be synchronous. */
  readonly schema?: StandardSchema<T>;
  /** Fields that may occur several times, by their whole names. Each is a list, even if it occurs once. All others must be unique. */
  readonly lists?: readonly string[];
  /** Reads `a[b]`, `a[]` and `a[0]` as records and lists. Off by default: brackets are then part of the name. */
  readonly nested?: boolean;
  /** With `nested`: fields whose digits in brackets are names, such as `quantity` for `quantity[4711]=2`. */
  readonly records?: readonly string[];
  /** The most bytes. 1,000,000 by default. */
  readonly maxBytes?: number;
  /** The most parameters. 1,000 by default. */
  readonly maxParameters?: number;
  /** With `nested`: the most brackets of one name. 5 by default, at most 32. */
  readonly maxDepth?: number;
  /** The most items of one list. 1,000 by default. */
  readonly maxItems?: number;
}

export interface FormPolicy<T> {
  readonly schema: StandardSchema<T> | undefined;
  readonly lists: ReadonlySet<string>;
  readonly records: ReadonlySet<string>;
  readonly nested: boolean;
  readonly maxBytes: number;
  readonly maxParameters: number;
  readonly maxDepth: number;
  readonly maxItems: number;
}

/** @throws Misuse `bulwark/invalid-option` */
export function formPolicy<T>(options: FormOptions<T>): FormPolicy<T> {
  const own = knownOptions(options, [
    ...([
      'schema',
      'lists',
      'nested',
      'records',
      'maxBytes',
      'maxParameters',
      'maxDepth',
      'maxItems',
    ] as const),
  ]);
  const nested: unknown = own.nested ?? false;
  if (typeof nested !== 'boolean') throw new Misuse('bulwark/invalid-option', 'nested takes true or false.');
  if (!nested && (own.records !== undefined || own.maxDepth !== undefined)) {
    throw new Misuse('bulwark/invalid-option', 'records and maxDepth need `nested: true`.');
  }
  return {
    schema: readSchema(own.schema),
    nested,
    lists: names('lists', own.lists),
    records: names('records', own.records),
    maxBytes: limit('maxBytes', own.maxBytes, 1_000_000, 1, 500_000_000),
    maxParameters: limit('maxParameters', own.maxParameters, 1_000, 0, 1_000_000),
    maxDepth: limit('maxDepth', own.maxDepth, 5, 0, 32),
    maxItems: limit('maxItems', own.maxItems, 1_000, 0, 1_000_000),
  };
}

function names(option: string, value: unknown): ReadonlySet<string> {
  if (value === undefined) return new Set();
  if (Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== ''))
    return new Set(value);
  throw new Misuse('bulwark/invalid-option', `${option} takes a list of names, such as ['tag'].`);
}
