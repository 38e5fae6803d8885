import { requireStyle } from '../../html/template/raw-text.ts';
import { type SafeStyle, trustStyle } from '../../html/values/safe-style-type.ts';
import { requireReason } from './require-reason.ts';

/**
 * Trusts a style sheet, or the declarations of a `style` attribute; only text that would end the element is refused. Whoever
 * wrote any part of it can cover the page, and send its content elsewhere.
 *
 * @param options.because the reason, as a sentence for a reviewer. Required in production too, and listed by
 *   `bulwark scan`.
 * @throws Misuse `html/missing-reason` without a string and a reason of at least 10 characters
 * @throws Misuse `html/unsafe-literal` for text that would end the element
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 * import { trustedStyle } from 'bulwark/unsafe/html';
 *
 * const css = 'p{margin:0}';
 * const sheet = trustedStyle(css, { because: 'Built by our own bundler.' });
 * render(html`<style>${sheet}</style>`); // '<style>p{margin:0}</style>'
 * ```
 */
export function trustedStyle(text: string, options: { readonly because: string }): SafeStyle {
  requireReason(text, options);
  return trustStyle(requireStyle(text));
}
