import { atCallSite } from '../internal/at-call-site.ts';
import { type CallSite, compileTemplate } from './template/compile-template.ts';
import { type QuickHole, writeQuickly } from './template/quick-hole.ts';
import { requireTemplate } from './template/require-template.ts';
import type { HoleValue, IsLate } from './values/hole-type.ts';
import { type LateHtml, type SafeHtml, trustContent } from './values/safe-html.ts';
import { writeHole } from './values/write-hole.ts';
import { listenTo } from './values/write-text.ts';
import type { Written } from './values/written.ts';

/**
 * Markup in which every value is escaped for the place it stands in. Each call site is read once, as a browser would;
 * a hole that no escaping makes safe is a Misuse at the first use, whatever the values.
 *
 * - Element text, `<title>`, `<textarea>`: text, numbers, arrays of them; nothing for null, undefined, false and true.
 *   In element text a SafeHtml is spliced in, and a promise or an async iterable makes a page that is streamed.
 * - Quoted attributes: text and numbers; true and false are written out, as `aria-*` wants, and null and undefined leave
 *   an attribute out. A boolean attribute, such as `disabled="${flag}"`, is there for true, and not for false either.
 *   `class` takes lists and records of conditions, `style` a record of properties, `srcset` a list of images.
 * - URLs (`href`, `src`, `action`, ...): http, https, mailto, tel and relative ones, decided on the whole attribute.
 *   Behind a static start, values are percent-encoded. Any other URL becomes `about:invalid#bulwark`, with an event.
 * - URLs of code and of documents: a TrustedResourceUrl. `srcdoc`: a SafeHtml. A whole `<script>`: a SafeScript.
 * - `<script type="application/json">${value}</script>`, and `<script>const x = ${value};</script>`: what has JSON.
 *
 * @throws Misuse `html/*` for a template or a value that is the programmer's mistake
 * @throws Refusal `html/not-text` where a client sent an object or an array in place of text
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 *
 * const items = ['<b>', 'x'].map((name) => html`<li><a href="/tags/${name}">${name}</a></li>`);
 * render(html`<ul>${items}</ul>`);
 * // '<ul><li><a href="/tags/%3Cb%3E">&lt;b&gt;</a></li><li><a href="/tags/x">x</a></li></ul>'
 * ```
 */
export function html<V extends readonly unknown[]>(
  strings: TemplateStringsArray,
  ...values: V & { readonly [I in keyof V]: HoleValue<V[I]> }
): true extends IsLate<V[number]> ? LateHtml : SafeHtml;
export function html(strings: TemplateStringsArray, ...values: unknown[]): SafeHtml {
  try {
    const site = callSite(strings, values.length);
    return fill(site, values);
  } catch (error) {
    listenTo(values);
    throw atCallSite(error, html);
  }
}

function fill(site: CallSite, values: readonly unknown[]): SafeHtml {
  const { texts, holes, fitsForeign, effects, slotted } = site;
  // One object for both, since a page makes one for each of its templates.
  const written: Written & { markup: string } = {
    markup: '',
    fitsForeign,
    effects,
    entered: false,
    slotted,
    lates: undefined,
  };
  let markup = texts[0] as string;
  for (let i = 0; i < holes.length; i++) {
    const quick = holes[i] as QuickHole;
    markup += writeQuickly(quick, values) ?? writeHole(quick.hole, values, written);
    markup += texts[i + 1] as string;
  }
  written.markup = markup;
  return trustContent(written);
}

/** A call site's strings are one object for the life of the program (ECMAScript, GetTemplateObject). */
const callSites = new WeakMap<TemplateStringsArray, CallSite>();

function callSite(strings: TemplateStringsArray, valueCount: number): CallSite {
  const known = callSites.get(strings);
  if (known && known.count === valueCount) return known;
  requireTemplate(strings, valueCount, 'html');
  const compiled = compileTemplate(strings);
  callSites.set(strings, compiled);
  return compiled;
}
