import { brand, shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';

/** What a safe value holds. Copies of bulwark share the map, so each can read what another one made. */
interface Content {
  readonly markup: string;
  /** True where the markup means the same inside `<svg>` and `<math>` as outside. */
  readonly fitsForeign: boolean;
}

const trusted = brand<SafeHtml>('html');
const contents = shared('html', () => new WeakMap<object, Content>());

/**
 * Guarantee: parsed as the content of an HTML element such as `<div>` or `<body>`, this markup runs no script that
 * the developer did not write, and leaves the tokenizer in element text, outside of any quote, comment or raw text.
 * Elements may stay open behind it, or close ones in front of it, as its own tags say. It holds nowhere else: not in an attribute, not in
 * `<noscript>`, `<textarea>`, `<style>` or `<script>`, and not after its string was cut or edited.
 *
 * A value is recognised by its identity. A copy, a parsed JSON body or an object with the same shape is not one.
 * `render` gives the string; turning it into one by accident throws, because a string has lost the guarantee.
 */
export class SafeHtml {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: true;

  toString(): never {
    throw new Misuse('html/implicit-string');
  }

  toJSON(): never {
    throw new Misuse('html/implicit-string');
  }
}

/** The only maker of trusted markup: called by the tag, the sanitiser and `bulwark/unsafe/html`. Never exported. */
export function trust(markup: string, fitsForeign: boolean): SafeHtml {
  const safe = new SafeHtml();
  Object.freeze(safe);
  contents.set(safe, { markup, fitsForeign });
  return trusted.add(safe);
}

/** What a safe value holds, or undefined for anything else. */
export function contentOf(value: unknown): Content | undefined {
  return trusted.has(value) ? contents.get(value) : undefined;
}

/**
 * The markup of a safe value, for the response's body.
 *
 * @throws Misuse `html/not-safe-html` for anything that the tag, the sanitiser or `trustedHtml` did not make.
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 *
 * render(html`<p>${'1 < 2'}</p>`); // '<p>1 &lt; 2</p>'
 * ```
 */
export function render(safe: SafeHtml): string {
  const content = contentOf(safe);
  if (!content) throw new Misuse('html/not-safe-html');
  return content.markup;
}
