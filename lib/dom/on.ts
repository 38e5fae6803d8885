import { DomMisuse } from './dom-error.ts';
import {
  addListener,
  closest,
  contains,
  nodeType,
  parentElement,
  querySelector,
  removeListener,
} from './native.ts';

/** These do not bubble, and are heard on their way down. */
const silent = /^(?:blur|error|focus|invalid|load|scroll|toggle)$/;

/**
 * Listens below `root` for events on what `selector` finds, now and later: no `onclick` is needed in markup, and a CSP can
 * forbid all of them.
 *
 * @param listener gets the event, and the element that the selector found
 * @returns a function that ends it
 * @throws DomMisuse `dom/invalid-option` for a listener that is no function, and a selector that is none
 *
 * @example
 * ```ts
 * import { on } from 'bulwark/dom';
 *
 * const off = on(document, 'click', 'button[data-id]', (event, button) => {
 *   event.preventDefault();
 *   console.log(button.dataset['id']);
 * });
 * off();
 * ```
 */
export function on<K extends keyof HTMLElementEventMap, S extends string>(
  root: Document | DocumentFragment | Element,
  type: K,
  selector: S,
  listener: (event: HTMLElementEventMap[K], element: Found<S>) => void,
): () => void {
  if (typeof listener !== 'function') throw new DomMisuse('dom/invalid-option', 'on() takes a function.');
  try {
    querySelector(new DocumentFragment(), selector);
  } catch (cause) {
    throw new DomMisuse('dom/invalid-option', `It is no selector: ${JSON.stringify(selector)}.`, cause);
  }
  const heard = (event: Event): void => {
    const target = event.target as Node;
    if (!(target instanceof Node)) return;
    const element = nodeType(target) === 1 ? (target as Element) : parentElement(target);
    const found = element && closest(element, selector);
    if (found && contains(root, found)) listener(event as HTMLElementEventMap[K], found as Found<S>);
  };
  const capture = silent.test(type);
  addListener(root, type, heard, capture);
  return () => removeListener(root, type, heard, capture);
}

/** The type of an element that a selector finds, where it is the name of one. */
export type Found<S extends string> = S extends keyof HTMLElementTagNameMap
  ? HTMLElementTagNameMap[S]
  : HTMLElement;
