import { type TrustedResourceUrl, trustResourceUrl } from '../../html/values/resource-url-type.ts';
import { requireReason } from './require-reason.ts';

/**
 * Trusts the URL of code or of a document without any check: whoever controls any part of it can run scripts
 * in your pages.
 *
 * @param options.because the reason, as a sentence for a reviewer. Required in production too, and listed by
 *   `bulwark scan`.
 * @throws Misuse `html/missing-reason` without a string and a reason of at least 10 characters
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 * import { trustedResourceUrl } from 'bulwark/unsafe/html';
 *
 * const cdn = 'https://cdn.example.com/app.js';
 * const src = trustedResourceUrl(cdn, { because: 'Read from the configuration at start.' });
 * render(html`<script src="${src}"></script>`); // '<script src="https://cdn.example.com/app.js"></script>'
 * ```
 */
export function trustedResourceUrl(url: string, options: { readonly because: string }): TrustedResourceUrl {
  requireReason(url, options);
  return trustResourceUrl(url);
}
