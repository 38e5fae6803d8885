import { Misuse } from '../refusal/misuse.ts';
import { type CallSite, compileTemplate } from './compile-template.ts';
import type { HoleValue } from './hole-type.ts';
import { type SafeHtml, trust } from './safe-html.ts';
import { writeHole } from './write-hole.ts';

/**
 * Markup in which every value is escaped for the place it stands in. Each call site is read once, as a browser would;
 * a hole that no escaping makes safe is a Misuse at the first use, whatever the values.
 *
 * - Element text, `<title>`, `<textarea>`: text, numbers, arrays of them; nothing for null, undefined, false and true.
 *   In element text a SafeHtml is spliced in.
 * - Quoted attributes: text and numbers; true and false are written out, as `aria-*` wants.
 *   A boolean attribute, such as `disabled="${flag}"`, is there for true, and not for false, null and undefined.
 * - URLs (`href`, `src`, `action`, ...): http, https, mailto, tel and relative ones, decided on the whole attribute.
 *   Behind a static start, values are percent-encoded. Any other URL becomes `about:invalid#bulwark`, with an event.
 * - `<script type="application/json">${value}</script>`: what has JSON; `JSON.parse` gives back what JSON holds.
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
): SafeHtml {
  const site = callSite(strings, values.length);
  const { texts, holes } = site;
  const written = { fitsForeign: site.fitsForeign };
  let markup = texts[0] as string;
  for (let i = 0; i < holes.length; i++) {
    markup += writeHole(holes[i] as CallSite['holes'][number], values, written) + texts[i + 1];
  }
  return trust(markup, written.fitsForeign);
}

/** A call site's strings are one object for the life of the program (ECMAScript, GetTemplateObject). */
const callSites = new WeakMap<TemplateStringsArray, CallSite>();

function callSite(strings: TemplateStringsArray, valueCount: number): CallSite {
  const known = callSites.get(strings);
  if (known && known.count === valueCount) return known;
  requireTemplate(strings, valueCount);
  const compiled = compileTemplate(strings);
  callSites.set(strings, compiled);
  return compiled;
}

/**
 * Static text is trusted, so it must come from a template literal: frozen, with frozen raw strings. Data from a client
 * is neither, and a copy of what another tag was given is no call site.
 */
function requireTemplate(strings: TemplateStringsArray, valueCount: number): void {
  const raw: unknown = Array.isArray(strings) && Object.getOwnPropertyDescriptor(strings, 'raw')?.value;
  const genuine =
    Array.isArray(raw) &&
    Object.isFrozen(strings) &&
    Object.isFrozen(raw) &&
    raw.length === strings.length &&
    strings.length === valueCount + 1;
  if (!genuine) throw new Misuse('html/not-a-template');
  if (strings.some((text: string | undefined) => typeof text !== 'string' || text.includes('\0'))) {
    throw new Misuse(
      'html/malformed-template',
      'It holds a NUL, or an escape that is not one of JavaScript.',
    );
  }
}
