import { knownOptions } from '../../internal/known-options.ts';
import type { StandardSchema } from '../../internal/standard-schema.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readSchema } from '../apply-schema.ts';
import { limit } from '../limit.ts';

export interface XmlOptions {
  /** The most bytes of UTF-8. 1,000,000 by default. */
  readonly maxBytes?: number;
  /** How deep elements may be nested. 100 by default, at most 500. */
  readonly maxDepth?: number;
  /** The most elements of the document. 100,000 by default. */
  readonly maxElements?: number;
  /** The most attributes of one element, including namespace declarations. 100 by default. */
  readonly maxAttributes?: number;
}

export interface XmlObjectOptions<T = unknown> extends XmlOptions {
  /** Validates the object, and gives the result its type. It must be synchronous. */
  readonly schema?: StandardSchema<T>;
  /** Names of elements that are lists, even with one item. Any other element may occur only once in its parent. */
  readonly lists?: readonly string[];
  /** The prefix for each namespace in the object: `{ inv: 'urn:example:invoice', '': 'urn:example:order' }`. */
  readonly namespaces?: Readonly<Record<string, string>>;
}

export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxElements: number;
  readonly maxAttributes: number;
}

export interface XmlObjectPolicy<T> {
  readonly schema: StandardSchema<T> | undefined;
  readonly lists: ReadonlySet<string>;
  /** From the URI to the prefix with its colon. */
  readonly prefixes: ReadonlyMap<string, string>;
}

const limitNames = ['maxBytes', 'maxDepth', 'maxElements', 'maxAttributes'] as const;

/** @throws Misuse `bulwark/invalid-option` */
export function xmlLimits(options: XmlOptions): XmlLimits {
  return limitsOf(knownOptions(options, limitNames));
}

/** @throws Misuse `bulwark/invalid-option` */
export function xmlObjectOptions<T>(
  options: XmlObjectOptions<T>,
): readonly [limits: XmlLimits, policy: XmlObjectPolicy<T>] {
  const own = knownOptions(options, [...limitNames, 'schema', 'lists', 'namespaces']);
  const policy = {
    schema: readSchema(own.schema),
    lists: readLists(own.lists ?? []),
    prefixes: readNamespaces(own.namespaces ?? {}),
  };
  return [limitsOf(own), policy];
}

function limitsOf(own: XmlOptions): XmlLimits {
  return {
    maxBytes: limit('maxBytes', own.maxBytes, 1_000_000, 1, 500_000_000),
    maxDepth: limit('maxDepth', own.maxDepth, 100, 1, 500),
    maxElements: limit('maxElements', own.maxElements, 100_000, 1),
    maxAttributes: limit('maxAttributes', own.maxAttributes, 100, 0, 10_000),
  };
}

function readLists(lists: unknown): ReadonlySet<string> {
  if (Array.isArray(lists) && lists.every((name) => typeof name === 'string')) return new Set(lists);
  throw new Misuse('bulwark/invalid-option', "lists takes names of elements, such as ['item'].");
}

function readNamespaces(namespaces: object): ReadonlyMap<string, string> {
  const isRecord = typeof namespaces === 'object' && namespaces !== null && !Array.isArray(namespaces);
  const entries: (readonly [string, unknown])[] = isRecord ? Object.entries(namespaces) : [];
  const valid = entries.every(
    ([prefix, uri]) => /^[\w.-]*$/.test(prefix) && typeof uri === 'string' && uri !== '',
  );
  if (!isRecord || !valid) {
    throw new Misuse(
      'bulwark/invalid-option',
      "namespaces takes prefixes with their URI, such as { inv: 'urn:example:invoice' }.",
    );
  }
  return new Map(entries.map(([prefix, uri]) => [String(uri), prefix === '' ? '' : `${prefix}:`]));
}
