/** An element of a parsed document. It and all below it are frozen. */
export interface XmlElement {
  /** The local name, without a prefix. */
  readonly name: string;
  /** The namespace URI, or an empty string. Compare this, never a prefix: the author of a document chooses those. */
  readonly namespace: string;
  /**
   * A record without a prototype. A name is as written for an attribute without a namespace, and `{uri}name` for one with a prefix.
   * Declarations of namespaces are not in it.
   */
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements, and text with entities and CDATA resolved. Comments and processing instructions are left out, and split no text. */
  readonly children: readonly (XmlElement | string)[];
}

/**
 * All text in an element, in the order of the document.
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
