import { knownOptions } from '../../internal/known-options.ts';
import type { StandardSchema } from '../../internal/standard-schema.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readSchema } from '../apply-schema.ts';
import { limit } from '../limit.ts';

export interface YamlOptions<T = unknown> {
  /** Validates the parsed value, and gives the result its type. It must be synchronous. */
  readonly schema?: StandardSchema<T>;
  /** The most bytes of UTF-8. 1,000,000 by default. */
  readonly maxBytes?: number;
  /** How deep mappings and sequences may be nested. 64 by default, at most 200. */
  readonly maxDepth?: number;
  /** The most values in all. Values that aliases repeat count each time. 20,000 by default. */
  readonly maxValues?: number;
  /** The most aliases. 100 by default, 0 for none. */
  readonly maxAliases?: number;
  /** The most digits of an integer beyond 2^53 - 1. 40 by default, at most 10,000. */
  readonly maxIntegerDigits?: number;
  /** What to do with integers beyond 2^53 - 1. `'keep'` by default: they become bigints. */
  readonly bigints?: 'keep' | 'refuse';
  /** Reads `<<: *base` as YAML 1.1 does: it adds the keys of `base` that the mapping does not have itself. Refused by default. */
  readonly allowMergeKeys?: boolean;
}

export interface YamlDocumentsOptions<T = unknown> extends YamlOptions<T> {
  /** The most documents. 100 by default. */
  readonly maxDocuments?: number;
}

export interface YamlPolicy<T> {
  readonly schema: StandardSchema<T> | undefined;
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxValues: number;
  readonly maxAliases: number;
  readonly maxIntegerDigits: number;
  readonly bigints: 'keep' | 'refuse';
  readonly allowMergeKeys: boolean;
  readonly maxDocuments: number;
}

const names = [
  ...(['schema', 'maxBytes', 'maxDepth', 'maxValues', 'maxAliases', 'maxIntegerDigits'] as const),
  ...(['bigints', 'allowMergeKeys'] as const),
];

/** @throws Misuse `bulwark/invalid-option` */
export function yamlPolicy<T>(options: YamlDocumentsOptions<T>, several: boolean): YamlPolicy<T> {
  const own: YamlDocumentsOptions<T> = knownOptions(options, [
    ...names,
    ...(several ? (['maxDocuments'] as const) : []),
  ]);
  const { bigints = 'keep', allowMergeKeys = false } = own;
  if (bigints !== 'keep' && bigints !== 'refuse') {
    throw new Misuse('bulwark/invalid-option', "bigints is 'keep' or 'refuse'.");
  }
  if (typeof allowMergeKeys !== 'boolean') {
    throw new Misuse('bulwark/invalid-option', 'allowMergeKeys takes true or false.');
  }
  return {
    schema: readSchema(own.schema),
    maxBytes: limit('maxBytes', own.maxBytes, 1_000_000, 1, 500_000_000),
    maxDepth: limit('maxDepth', own.maxDepth, 64, 0, 200),
    maxValues: limit('maxValues', own.maxValues, 20_000, 1, 10_000_000),
    maxAliases: limit('maxAliases', own.maxAliases, 100, 0, 1_000_000),
    maxIntegerDigits: limit('maxIntegerDigits', own.maxIntegerDigits, 40, 0, 10_000),
    maxDocuments: several ? limit('maxDocuments', own.maxDocuments, 100, 1, 1_000_000) : 1,
    bigints,
    allowMergeKeys,
  };
}
