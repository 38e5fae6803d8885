import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { applySchema } from '../apply-schema.ts';
import { fieldTree } from './field-tree.ts';
import { type FormOptions, formPolicy } from './form-options.ts';
import type { FormFields } from './form-value.ts';
import { type FormInput, readPairs } from './read-pairs.ts';

/**
 * Parses a query string within limits. A field that occurs twice is refused, unless `lists` names it (HTTP parameter pollution); so are
 * `__proto__`, malformed percent-encoding, and bytes that are not UTF-8.
 *
 * @param input with or without its question mark, or a URLSearchParams. Pass the string if you can, because URLSearchParams has already replaced
 * malformed parts.
 * @returns the schema's output; the fields without a schema
 * @throws Refusal `parse/*`
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseQuery } from 'bulwark/parse';
 * import { z } from 'zod';
 *
 * const schema = z.object({ q: z.string(), page: z.coerce.number().int().default(1), tag: z.array(z.string()).default([]) });
 * parseQuery('?q=mouse&tag=new&tag=sale', { schema, lists: ['tag'] }); // { q: 'mouse', page: 1, tag: ['new', 'sale'] }
 * parseQuery('?q=a&q=b'); // Refusal parse/duplicate-key
 * ```
 */
export function parseQuery<T = FormFields>(input: string | URLSearchParams, options: FormOptions<T>): T;
export function parseQuery(input: string | URLSearchParams, options?: FormOptions<FormFields>): FormFields;
export function parseQuery(input: string | URLSearchParams, options: FormOptions = {}): unknown {
  return parsed(input, options, 'query');
}

/**
 * Parses an `application/x-www-form-urlencoded` body, like `parseQuery`.
 *
 * @example
 * ```ts
 * import { parseForm } from 'bulwark/parse';
 *
 * parseForm('name=Ada+Lovelace&address[zip]=12345', { nested: true }); // { name: 'Ada Lovelace', address: { zip: '12345' } }
 * parseForm('items[]=a&items[]=b', { nested: true }); // { items: ['a', 'b'] }
 * parseForm('a[__proto__][isAdmin]=1', { nested: true }); // Refusal parse/dangerous-key
 * ```
 */
export function parseForm<T = FormFields>(input: FormInput, options: FormOptions<T>): T;
export function parseForm(input: FormInput, options?: FormOptions<FormFields>): FormFields;
export function parseForm(input: FormInput, options: FormOptions = {}): unknown {
  return parsed(input, options, 'form');
}

function parsed<T>(input: FormInput, options: FormOptions<T>, format: string): T {
  const policy = formPolicy(options);
  const { maxParameters } = policy;
  // Without `nested`, a name is one part.
  const tree = fieldTree(policy, format);
  let parameters = 0;
  for (const pair of readPairs(input, policy.maxBytes, format)) {
    parameters++;
    if (parameters > maxParameters)
      refuse(deny('parse/too-many', { format, what: 'maxParameters', most: maxParameters }));
    const key = dangerousPart(pair.name);
    if (key !== undefined) refuse(deny('parse/dangerous-key', { format, key }));
    tree.add(pair);
  }
  return applySchema(policy.schema, tree.read(), format);
}

/** Also in names that are one part here, because later code may split them. */
function dangerousPart(name: string): string | undefined {
  if (!name.includes('proto')) return undefined;
  const parts = name.split(/[.[\]]+/);
  if (parts.includes('__proto__')) return '__proto__';
  return parts.some((part, i) => part === 'constructor' && parts[i + 1] === 'prototype')
    ? 'constructor.prototype'
    : undefined;
}
