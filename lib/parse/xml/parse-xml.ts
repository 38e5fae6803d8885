import { inputText } from '../input-text.ts';
import { readTree } from './read-tree.ts';
import type { XmlElement } from './xml-element.ts';
import { type XmlLimits, type XmlOptions, xmlLimits } from './xml-options.ts';

/**
 * Parses an XML document (XML 1.0 with namespaces) into a frozen tree.
 *
 * A DOCTYPE is refused, and with it external entities (XXE, CWE-611), entity expansion (billion laughs, CWE-776) and DTDs from the network. Only
 * the five predefined entities and character references exist. No file and no URL is ever opened: XInclude, schemas and stylesheets are plain
 * elements and ignored instructions. The document must be UTF-8.
 *
 * @param input a string, or UTF-8 as a Uint8Array. A byte order mark at its start is skipped.
 * @throws Refusal `parse/*`: 413 for too many bytes, else 400
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseXml } from 'bulwark/parse/xml';
 *
 * const order = parseXml('<order id="7"><note>ring &amp; wait</note></order>');
 * order.attributes['id']; // '7'
 * order.children; // [{ name: 'note', namespace: '', attributes: {}, children: ['ring & wait'] }]
 * parseXml('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'); // Refusal parse/not-allowed
 * ```
 */
export function parseXml(input: string | Uint8Array, options: XmlOptions = {}): XmlElement {
  return parseTree(input, xmlLimits(options));
}

/** The same with limits that have already been checked. */
export function parseTree(input: unknown, limits: XmlLimits): XmlElement {
  const text = inputText(input, limits.maxBytes, 'xml');
  return readTree(text, limits, typeof input === 'string' ? ofStrings : ofBytes);
}

const ofBytes: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/** A string is already decoded, and documents from Windows programs often declare UTF-16. */
const ofStrings: ReadonlySet<string> = new Set([...ofBytes, 'utf-16']);
