import { Misuse } from '../refusal/misuse.ts';
import { type Attributes, trustAttributes } from './values/attributes-type.ts';

/**
 * Attributes by name, in the place of one: each as if it stood in the tag, `name="${value}"`, by the same rules. A value
 * of `null`, `undefined` or `false` leaves its attribute out, and `true` gives one without a value; in `aria-*` and
 * `data-*` both are written out.
 *
 * The names are the application's, and so are mistakes in them: never spread what a client sent. Of two `attrs()` in one
 * tag that give the same name, the browser takes the first.
 *
 * @throws Misuse `html/dynamic-name`, in the template, for a name that is none, or that the tag has already
 * @throws Misuse as the template itself would, for an attribute that takes no value, such as `onclick`
 *
 * @example
 * ```ts
 * import { attrs, html, render } from 'bulwark/html';
 *
 * const link = { href: '/a?b', title: undefined, 'aria-current': 'page' };
 * render(html`<a ${attrs(link)}>x</a>`); // '<a href="/a?b" aria-current="page">x</a>'
 * ```
 */
export function attrs(record: { readonly [name: string]: unknown }): Attributes {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw new Misuse('html/invalid-value', 'attrs() takes a record of attributes.');
  }
  return trustAttributes(Object.entries(record));
}
