import { requireScript } from '../../html/template/raw-text.ts';
import { type SafeScript, trustScript } from '../../html/values/safe-script-type.ts';
import { requireReason } from './require-reason.ts';

/**
 * Trusts a script; only text that would end the element is refused. Whoever wrote any part of it can run code in your pages.
 *
 * @param options.because the reason, as a sentence for a reviewer. Required in production too, and listed by
 *   `bulwark scan`.
 * @throws Misuse `html/missing-reason` without a string and a reason of at least 10 characters
 * @throws Misuse `html/unsafe-literal` for text that would end the element
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 * import { trustedScript } from 'bulwark/unsafe/html';
 *
 * const bundle = 'start()';
 * const boot = trustedScript(bundle, { because: 'Built by our own bundler.' });
 * render(html`<script>${boot}</script>`); // '<script>start()</script>'
 * ```
 */
export function trustedScript(text: string, options: { readonly because: string }): SafeScript {
  requireReason(text, options);
  return trustScript(requireScript(text));
}
