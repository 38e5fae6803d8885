import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { applySchema } from '../apply-schema.ts';
import { inputText } from '../input-text.ts';
import { composeDocuments } from './compose-documents.ts';
import { readDocument } from './read-document.ts';
import { type YamlDocumentsOptions, type YamlOptions, type YamlPolicy, yamlPolicy } from './yaml-options.ts';

const format = 'yaml';
const severalHint = 'Use `parseYamlDocuments` where a text may have several documents.';

/**
 * Parses one YAML 1.2 document with the core schema, into strings, numbers, booleans, null, arrays and objects, and nothing else.
 *
 * Tags other than those of the core schema, directives, merge keys, keys that aren't scalars, `__proto__` and keys that occur twice are refused.
 * Values that aliases repeat count each time. `no`, `yes`, `on`, `off` and `1:30` are strings, as in YAML 1.2.
 *
 * @param input a string, or UTF-8 as a Uint8Array
 * @returns the schema's output; `unknown` without a schema; null for an empty document
 * @throws Refusal `parse/*`
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseYaml } from 'bulwark/parse/yaml';
 *
 * parseYaml('country: no\nports: [80, 443]'); // { country: 'no', ports: [80, 443] }
 * parseYaml('!!js/function "() => 1"'); // Refusal parse/not-allowed
 * ```
 */
export function parseYaml<T>(input: string | Uint8Array, options: YamlOptions<T>): T;
export function parseYaml(input: string | Uint8Array, options?: YamlOptions): unknown;
export function parseYaml(input: string | Uint8Array, options: YamlOptions = {}): unknown {
  const policy = yamlPolicy(options, false);
  const [value = null, ...others] = read(input, { ...policy, maxDocuments: 2 });
  if (others.length > 0) {
    refuse(deny('parse/not-allowed', { format, what: 'several documents', line: 1, column: 1 }, severalHint));
  }
  return applySchema(policy.schema, value, format);
}

/**
 * Parses all documents of a text, like `parseYaml`. The schema is applied to each.
 *
 * @example
 * ```ts
 * import { parseYamlDocuments } from 'bulwark/parse/yaml';
 *
 * parseYamlDocuments('a: 1\n---\na: 2'); // [{ a: 1 }, { a: 2 }]
 * ```
 */
export function parseYamlDocuments<T>(input: string | Uint8Array, options: YamlDocumentsOptions<T>): T[];
export function parseYamlDocuments(input: string | Uint8Array, options?: YamlDocumentsOptions): unknown[];
export function parseYamlDocuments(
  input: string | Uint8Array,
  options: YamlDocumentsOptions = {},
): unknown[] {
  const policy = yamlPolicy(options, true);
  return read(input, policy).map((value) => applySchema(policy.schema, value, format));
}

function read(input: string | Uint8Array, policy: YamlPolicy<unknown>): unknown[] {
  const text = inputText(input, policy.maxBytes, format);
  const values: unknown[] = [];
  for (const document of composeDocuments(text, policy)) {
    if (values.length >= policy.maxDocuments) {
      refuse(deny('parse/too-many', { format, what: 'documents', most: policy.maxDocuments }));
    }
    values.push(readDocument(document, text, policy));
  }
  return values;
}
