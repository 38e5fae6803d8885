import type { Context } from 'hono';
import type { HtmlTag } from '../csrf/csrf.ts';
import { csrfFieldFor, csrfTokenFor } from '../web/admit.ts';
import { begunWith, guardedRequest } from './begun.ts';

/**
 * The hidden field that a form of this page needs for browsers that don't say who sent a request. Needs `bulwark({ csrf: { keys } })`.
 *
 * The response is kept out of shared caches.
 *
 * @param html the tag of `bulwark/html`, or of `hono/html`
 * @returns what the tag returns: `<input type="hidden" name="_csrf" value="...">`
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 *
 * @example
 * ```ts
 * import { bulwark, csrfField } from 'bulwark/hono';
 * import { keyring } from 'bulwark/secrets';
 * import { Hono } from 'hono';
 * import { html } from 'hono/html';
 *
 * const app = new Hono();
 * app.use(bulwark({ csrf: { keys: keyring(process.env['APP_SECRET'] ?? '') } }));
 * app.get('/', (c) => c.html(html`<form method="post">${csrfField(html, c)}<button>Buy</button></form>`));
 * ```
 */
export function csrfField<T>(html: HtmlTag<T>, c: Context): T {
  return csrfFieldFor(html, guardedRequest(begunWith(c, 'csrfField')));
}

/**
 * The same token for scripts, which send it in the header `X-CSRF-Token`.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfToken(c: Context): string {
  return csrfTokenFor(guardedRequest(begunWith(c, 'csrfToken')));
}
