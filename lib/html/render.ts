import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { fillNonces } from './values/fill-nonces.ts';
import { contentOf, type SafeHtml } from './values/safe-html.ts';
import { nonceAttribute } from './values/slots.ts';

export interface RenderOptions {
  /**
   * `false` leaves the request's nonce out, for a page that is cached: a nonce that is used twice protects nothing. Its
   * inline blocks then need their hashes, see `inlineHashes`. `true` when absent.
   */
  readonly nonce?: boolean;
}

/**
 * The markup of a safe value, for the response's body. Within a request of `bulwark/request`, the nonce of its
 * Content-Security-Policy is put onto the `<script>`, `<style>` and `<link>` tags of the templates that have none.
 *
 * @throws Misuse `html/not-safe-html` for anything that the tag, the sanitiser or `trustedHtml` did not make
 * @throws Misuse `html/late-value` for markup that waits for a promise
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 *
 * render(html`<p>${'1 < 2'}</p>`); // '<p>1 &lt; 2</p>'
 * ```
 */
export function render(safe: SafeHtml, options?: RenderOptions): string {
  const content = contentOf(safe);
  if (!content) throw new Misuse('html/not-safe-html');
  if (options !== undefined) knownOptions(options, ['nonce']);
  if (!content.slotted) return content.markup;
  if (content.lates) throw new Misuse('html/late-value');
  return fillNonces(content.markup, nonceFor(options));
}

/** The attribute that every slot gets. */
export function nonceFor(options: RenderOptions | undefined): string {
  const wanted = options === undefined || !Object.hasOwn(options, 'nonce') || options.nonce !== false;
  return wanted ? nonceAttribute() : '';
}
