import { applySchema } from '../apply-schema.ts';
import { parseTree } from './parse-xml.ts';
import { toObject } from './to-object.ts';
import { type XmlObjectOptions, xmlObjectOptions } from './xml-options.ts';

/**
 * Parses an XML document like `parseXml`, into an object that a schema can validate.
 *
 * An element is a property; the root is the only one at the top. An attribute is a property whose name starts with `@`. An element without
 * attributes and child elements is its text; the text beside attributes is `#text`. A repeated element is refused unless `lists` names it;
 * elements in `lists` are always arrays. Text between elements (mixed content) is refused. Every value is a string: let the schema convert it.
 *
 * @throws Refusal `parse/*`: 413 for too many bytes, 422 for data that its schema refuses, else 400
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseXmlObject } from 'bulwark/parse/xml';
 * import { z } from 'zod';
 *
 * const item = z.object({ '@sku': z.string(), count: z.coerce.number() });
 * const schema = z.object({ order: z.object({ item: z.array(item) }) });
 * parseXmlObject('<order><item sku="A-1"><count>2</count></item></order>', { schema, lists: ['item'] });
 * // { order: { item: [{ '@sku': 'A-1', count: 2 }] } }
 * ```
 */
export function parseXmlObject<T = unknown>(
  input: string | Uint8Array,
  options: XmlObjectOptions<T> = {},
): T {
  const [limits, policy] = xmlObjectOptions(options);
  return applySchema(policy.schema, toObject(parseTree(input, limits), policy), 'xml');
}
