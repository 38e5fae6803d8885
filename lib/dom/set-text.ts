import { DomMisuse } from './dom-error.ts';
import { localName, setTextContent } from './native.ts';
import { type TextValue, textOf } from './text-of.ts';

/**
 * Replaces the content of `element` with text.
 *
 * @throws DomRefusal `dom/not-text` for an object
 * @throws DomMisuse `dom/unsafe-element` for a script or a style, whose text is code
 *
 * @example
 * ```ts
 * import { setText } from 'bulwark/dom';
 *
 * setText(document.createElement('p'), location.hash); // shown as text
 * ```
 */
export function setText(element: Element, value: TextValue): void {
  const tag = localName(element);
  if (tag === 'script' || tag === 'style')
    throw new DomMisuse('dom/unsafe-element', `The element is <${tag}>.`);
  setTextContent(element, textOf(value, `<${tag}>`));
}
