import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { shownKey } from '../shown-key.ts';
import type { XmlElement } from './xml-element.ts';
import type { XmlObjectPolicy } from './xml-options.ts';

const format = 'xml';

type XmlValue = string | { [name: string]: XmlValue | XmlValue[] };
type Policy = Pick<XmlObjectPolicy<unknown>, 'lists' | 'prefixes'>;

/** The whole document, with the root as its property. */
export function toObject(root: XmlElement, policy: Policy): XmlValue {
  const document: XmlValue = {};
  addElement(document, root, policy, false);
  return document;
}

function addElement(
  parent: Record<string, XmlValue | XmlValue[]>,
  element: XmlElement,
  policy: Policy,
  inside: boolean,
): void {
  const key = prefixed(element.namespace, element.name, policy);
  // The two names that lead a careless merge from an object to its prototype.
  if (inside && key === 'prototype')
    refuse(deny('parse/dangerous-key', { format, key: 'constructor.prototype' }));
  const value = contentOf(element, policy, key === 'constructor');
  const present = Object.hasOwn(parent, key) ? parent[key] : undefined;
  if (policy.lists.has(key)) {
    if (Array.isArray(present)) present.push(value);
    else setOwn(parent, key, [value]);
  } else if (present === undefined) {
    setOwn(parent, key, value);
  } else {
    refuse(deny('parse/duplicate-key', { format, key: shownKey(key) }));
  }
}

function contentOf(element: XmlElement, policy: Policy, isConstructor: boolean): XmlValue {
  const text = element.children.filter((child) => typeof child === 'string').join('');
  const elements = element.children.filter((child) => typeof child !== 'string');
  const attributes = Object.entries(element.attributes);
  if (elements.length === 0 && attributes.length === 0) return text;
  const value: Record<string, XmlValue | XmlValue[]> = {};
  for (const [name, written] of attributes) setOwn(value, `@${prefixedAttribute(name, policy)}`, written);
  for (const child of elements) addElement(value, child, policy, isConstructor);
  if (elements.length === 0) setOwn(value, '#text', text);
  else if (/[^ \t\r\n]/.test(text)) {
    refuse(deny('parse/not-allowed', { format, what: 'text between elements' }));
  }
  return value;
}

function prefixed(namespace: string, name: string, { prefixes }: Policy): string {
  const prefix = prefixes.get(namespace);
  if (prefix !== undefined) return prefix + name;
  // If names without a prefix stand for a namespace, an element without a namespace must not pass for one in it.
  if (namespace === '') return [...prefixes.values()].includes('') ? `{}${name}` : name;
  return `{${namespace}}${name}`;
}

function prefixedAttribute(name: string, policy: Policy): string {
  const end = name.startsWith('{') ? name.lastIndexOf('}') : -1;
  const key = end === -1 ? name : prefixed(name.slice(1, end), name.slice(end + 1), policy);
  // An attribute name without a prefix has no namespace.
  return key.includes(':') ? key : name;
}

/** A name such as `toString` is inherited, and may be read-only or have a setter where prototypes are frozen or polluted. */
function setOwn(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}
