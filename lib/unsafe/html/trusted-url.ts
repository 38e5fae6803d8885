import { type SafeUrl, trustUrl } from '../../html/values/safe-url-type.ts';
import { requireReason } from './require-reason.ts';

/**
 * Trusts a URL of any scheme, for a link or an image, without any check: `javascript:` runs.
 *
 * @param options.because the reason, as a sentence for a reviewer. Required in production too, and listed by
 *   `bulwark scan`.
 * @throws Misuse `html/missing-reason` without a string and a reason of at least 10 characters
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 * import { trustedUrl } from 'bulwark/unsafe/html';
 *
 * const user = 'ada';
 * const call = trustedUrl(`skype:${user}?call`, { because: 'The name is checked by the schema of accounts.' });
 * render(html`<a href="${call}">Call</a>`); // '<a href="skype:ada?call">Call</a>'
 * ```
 */
export function trustedUrl(url: string, options: { readonly because: string }): SafeUrl {
  requireReason(url, options);
  return trustUrl(url);
}
