import { knownOptions } from '../../internal/known-options.ts';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { limit } from '../limit.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { evaluateXpath, notAllowed, type XpathValue } from './evaluate-xpath.ts';
import { readXpath } from './read-xpath.ts';
import { documentOf, textOfNode } from './xpath-node.ts';
import type { XpathSyntax } from './xpath-syntax.ts';
import { type Spend, toBoolean, toNumber, toText, type Value } from './xpath-values.ts';

export type { XpathValue } from './evaluate-xpath.ts';

/** A query with its values. `root` is the document's root element, as `parseXml` returns it; an element below it is a document of its own. */
export interface XpathQuery {
  /** The matching elements, in document order. */
  elements(root: XmlElement): readonly XmlElement[];
  /** The text of each matching element, attribute or text node. */
  texts(root: XmlElement): readonly string[];
  /** The text of the first match, or an empty string. */
  text(root: XmlElement): string;
  /** The result as a number; NaN if it isn't one. */
  number(root: XmlElement): number;
  /** True if something matches, or the expression is true. */
  boolean(root: XmlElement): boolean;
}

export interface XpathOptions {
  /** The prefixes that queries use. An empty prefix is for element names without one: `{ '': 'urn:example:order' }`. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** The most nodes that a query may visit. 5,000,000 by default. */
  readonly maxSteps?: number;
}

export type XpathTag = (strings: TemplateStringsArray, ...values: readonly XpathValue[]) => XpathQuery;

/**
 * The tag `xpath` with namespaces, or with another limit.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseXml } from 'bulwark/parse/xml';
 * import { createXpath } from 'bulwark/parse/xpath';
 *
 * const xpath = createXpath({ namespaces: { inv: 'urn:example:invoice' } });
 * const invoice = parseXml('<i:invoice xmlns:i="urn:example:invoice"><i:total>12.50</i:total></i:invoice>');
 * xpath`/inv:invoice/inv:total`.number(invoice); // 12.5
 * ```
 */
export function createXpath(options: XpathOptions = {}): XpathTag {
  const own = knownOptions(options, ['namespaces', 'maxSteps']);
  const namespaces = readNamespaces(own.namespaces ?? {});
  const maxSteps = limit('maxSteps', own.maxSteps, 5_000_000, 1);
  const read = new WeakMap<TemplateStringsArray, XpathSyntax>();
  return (strings, ...values) => {
    if (!isTemplate(strings)) throw new Misuse('parse/invalid-xpath', 'xpath is a tag: xpath`//item`.');
    const syntax = read.get(strings) ?? readXpath(strings, namespaces);
    read.set(strings, syntax);
    values.forEach(checkValue);
    return query(syntax, values, maxSteps);
  };
}

/**
 * An XPath 1.0 query whose text is a literal, and whose values are parameters. A value is compared as it is: it can't close a quote or add a
 * condition (CWE-643). Values are strings, numbers and booleans.
 *
 * @throws Misuse `parse/invalid-xpath` if the literal is not valid XPath, or a value is in quotes or instead of a name
 * @throws Refusal `parse/not-allowed` for a value of another type, and `parse/too-many` for a query that visits too many nodes
 *
 * @example
 * ```ts
 * import { parseXml } from 'bulwark/parse/xml';
 * import { xpath } from 'bulwark/parse/xpath';
 *
 * const users = parseXml('<users><user name="ada" role="admin"/><user name="bob" role="user"/></users>');
 * xpath`//user[@name = ${'ada'}]/@role`.text(users); // 'admin'
 * xpath`//user[@name = ${"' or '1'='1"}]`.elements(users); // []
 * ```
 */
export const xpath: XpathTag = createXpath();

function query(syntax: XpathSyntax, values: readonly XpathValue[], maxSteps: number): XpathQuery {
  const run = <T>(root: XmlElement, use: (value: Value, spend: Spend) => T): T => {
    let left = maxSteps;
    const spend = (steps: number): void => {
      left -= steps;
      if (left < 0) refuse(deny('parse/too-many', { format: 'xpath', what: 'maxSteps', most: maxSteps }));
    };
    return use(evaluateXpath(syntax, documentOf(root), values, spend), spend);
  };
  return Object.freeze({
    elements: (root: XmlElement) =>
      run(root, (value) =>
        set(value).map(
          ({ element }) => element ?? wrong('elements() takes a query that finds elements. Use texts().'),
        ),
      ),
    texts: (root: XmlElement) =>
      run(root, (value, spend) => set(value).map((node) => textOfNode(node, spend))),
    text: (root: XmlElement) => run(root, toText),
    number: (root: XmlElement) => run(root, toNumber),
    boolean: (root: XmlElement) => run(root, toBoolean),
  });
}

function set(value: Value): Extract<Value, object> {
  return typeof value === 'object'
    ? value
    : wrong('The query finds no nodes. Use text(), number() or boolean().');
}

function wrong(hint: string): never {
  throw new Misuse('parse/invalid-xpath', hint);
}

function checkValue(value: unknown): void {
  const usable = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  if (!usable) notAllowed('a value that is no string, number or boolean');
}

function isTemplate(strings: unknown): strings is TemplateStringsArray {
  return (
    Array.isArray(strings) &&
    Object.isFrozen(strings) &&
    Array.isArray((strings as { raw?: unknown }).raw) &&
    strings.every((text) => typeof text === 'string')
  );
}

function readNamespaces(namespaces: object): ReadonlyMap<string, string> {
  const isRecord = typeof namespaces === 'object' && namespaces !== null && !Array.isArray(namespaces);
  const entries: (readonly [string, unknown])[] = isRecord ? Object.entries(namespaces) : [];
  if (isRecord && entries.every(([, uri]) => typeof uri === 'string' && uri !== '')) {
    return new Map(entries.map(([prefix, uri]) => [prefix, String(uri)]));
  }
  throw new Misuse(
    'bulwark/invalid-option',
    "namespaces takes prefixes with their URI, such as { inv: 'urn:example:invoice' }.",
  );
}
