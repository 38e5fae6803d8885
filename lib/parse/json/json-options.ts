import { knownOptions } from '../../internal/known-options.ts';
import type { StandardSchema } from '../../internal/standard-schema.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readSchema } from '../apply-schema.ts';
import { limit } from '../limit.ts';

export interface JsonOptions<T = unknown> {
  /** Validates the parsed value, and gives the result its type. It must be synchronous. */
  readonly schema?: StandardSchema<T>;
  /** The most bytes of UTF-8. 1,000,000 by default. */
  readonly maxBytes?: number;
  /** How deep objects and arrays may be nested. 64 by default, at most 1,000. */
  readonly maxDepth?: number;
  /** The most properties of all objects together. 100,000 by default. */
  readonly maxKeys?: number;
  /** The most items of all arrays together. 100,000 by default. */
  readonly maxItems?: number;
  /** The most digits of an integer beyond 2^53 - 1. 40 by default, at most 10,000. */
  readonly maxIntegerDigits?: number;
  /** What to do with integers beyond 2^53 - 1, which a number can't hold exactly. `'keep'` by default: they become bigints. */
  readonly bigints?: 'keep' | 'refuse';
}

export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxKeys: number;
  readonly maxItems: number;
  readonly maxIntegerDigits: number;
  readonly bigints: 'keep' | 'refuse';
}

export interface JsonPolicy<T> extends JsonLimits {
  readonly schema: StandardSchema<T> | undefined;
}

export const defaults: JsonPolicy<never> = Object.freeze({
  ...{ schema: undefined, maxBytes: 1_000_000, maxDepth: 64, maxKeys: 100_000, maxItems: 100_000 },
  ...({ maxIntegerDigits: 40, bigints: 'keep' } as const),
});

/** @throws Misuse `bulwark/invalid-option` */
export function jsonPolicy<T>(options: JsonOptions<T>): JsonPolicy<T> {
  const own = knownOptions(options, [
    ...(['schema', 'maxBytes', 'maxDepth', 'maxKeys', 'maxItems', 'maxIntegerDigits', 'bigints'] as const),
  ]);
  const bigints = own.bigints ?? defaults.bigints;
  if (bigints !== 'keep' && bigints !== 'refuse') {
    throw new Misuse('bulwark/invalid-option', "bigints is 'keep' or 'refuse'.");
  }
  return {
    schema: readSchema(own.schema),
    // A string has at most 2^29 characters.
    maxBytes: limit('maxBytes', own.maxBytes, defaults.maxBytes, 1, 500_000_000),
    maxDepth: limit('maxDepth', own.maxDepth, defaults.maxDepth, 0, 1_000),
    maxKeys: limit('maxKeys', own.maxKeys, defaults.maxKeys),
    maxItems: limit('maxItems', own.maxItems, defaults.maxItems),
    maxIntegerDigits: limit('maxIntegerDigits', own.maxIntegerDigits, defaults.maxIntegerDigits, 0, 10_000),
    bigints,
  };
}
