import type { HtmlTag } from '../csrf/csrf.ts';
import { csrfFieldFor, csrfTokenFor } from './admit.ts';

/**
 * The hidden field that a form of this page needs for browsers that don't say who sent a request. Needs `bulwark({ csrf: { keys } })`.
 *
 * The response is kept out of shared caches.
 *
 * @param html the tag of `bulwark/html`
 * @returns what the tag returns: `<input type="hidden" name="_csrf" value="...">`
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfField<T>(html: HtmlTag<T>, request: Request): T {
  return csrfFieldFor(html, request);
}

/**
 * The same token for scripts, which send it in the header `X-CSRF-Token`.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfToken(request: Request): string {
  return csrfTokenFor(request);
}
