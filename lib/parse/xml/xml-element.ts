/** An element of a parsed document. It and everything below it are frozen. */
export interface XmlElement {
  /** The local name, without a prefix. */
  readonly name: string;
  /** The namespace URI, or an empty string. Compare this, never a prefix: the author of a document chooses prefixes. */
  readonly namespace: string;
  /**
   * A record without a prototype. An attribute without a namespace has its name as written; one with a prefix is `{uri}name`. Namespace
   * declarations are left out.
   */
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements, and text with entities and CDATA resolved. Comments and processing instructions are left out, and split no text. */
  readonly children: readonly (XmlElement | string)[];
}

/**
 * All text in an element, in document order.
 *
 * @example
 * ```ts
 * import { parseXml, textOf } from 'bulwark/parse/xml';
 *
 * textOf(parseXml('<to>ada@example.com<!-- -->.evil.example</to>')); // 'ada@example.com.evil.example'
 * ```
 */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The name with its namespace, as James Clark writes it: `{urn:example}name`. */
export function clarkName(namespace: string, name: string): string {
  return namespace === '' ? name : `{${namespace}}${name}`;
}
