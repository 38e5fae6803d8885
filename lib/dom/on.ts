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

/** These events do not bubble, so they are caught in the capture phase. */
const silent = /^(?:blur|error|focus|invalid|load|scroll|toggle)$/;

/**
 * Calls `listener` for events on elements below `root` that match `selector`, including elements added later. Markup then needs no
 * `onclick`, and a CSP can forbid inline handlers.
 *
 * @param listener receives the event and the matching element
 * @returns a function that removes the listener
 * @throws DomMisuse `dom/invalid-option` if the listener is not a function or the selector is invalid
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
  if (typeof listener !== 'function') throw new DomMisuse('dom/invalid-option', 'on() needs a function.');
  try {
    querySelector(new DocumentFragment(), selector);
  } catch (cause) {
    throw new DomMisuse('dom/invalid-option', `Invalid selector: ${JSON.stringify(selector)}.`, cause);
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

/** The element type for a selector that is a plain tag name. Other selectors give `HTMLElement`. */
export type Found<S extends string> = S extends keyof HTMLElementTagNameMap
  ? HTMLElementTagNameMap[S]
  : HTMLElement;
