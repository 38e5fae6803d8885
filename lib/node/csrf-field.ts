import type { IncomingMessage } from 'node:http';
import type { HtmlTag } from '../csrf/csrf.ts';
import { csrfFieldFor, csrfTokenFor } from '../web/admit.ts';

/**
 * The hidden field that a form of this page needs for browsers that don't say who sent a request. Needs `bulwark({ csrf: { keys } })`
 * before it.
 *
 * The response is kept out of shared caches.
 *
 * @param html the tag of `bulwark/html`
 * @returns what the tag returns: `<input type="hidden" name="_csrf" value="...">`
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 *
 * @example
 * ```ts
 * import { html, sendHtml } from 'bulwark/html';
 * import { bulwark, csrfField } from 'bulwark/node';
 * import { keyring } from 'bulwark/secrets';
 *
 * const csrf = { keys: keyring(process.env['APP_SECRET'] ?? '') };
 * export const app = bulwark({ csrf }, async (req, res) => {
 *   await sendHtml(res, html`<form method="post">${csrfField(html, req)}<button>Buy</button></form>`);
 * });
 * ```
 */
export function csrfField<T>(html: HtmlTag<T>, req: IncomingMessage): T {
  return csrfFieldFor(html, req);
}

/**
 * The same token for scripts, which send it in the header `X-CSRF-Token`.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfToken(req: IncomingMessage): string {
  return csrfTokenFor(req);
}
