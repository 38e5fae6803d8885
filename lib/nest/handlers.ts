import type { HtmlTag } from '../csrf/csrf.ts';
import { csrfFieldFor, csrfTokenFor } from '../web/admit.ts';
import { rawRequest } from './request-sessions.ts';

export { cspReportHandler } from '../node/csp-report-handler.ts';
export { staticMiddleware as staticFiles } from '../node/static/static-middleware.ts';

/**
 * The hidden field that a form of this page needs for browsers that don't say who sent a request. Needs `session` or `csrf` with keys. The
 * response is kept out of shared caches.
 *
 * @param html the tag of `bulwark/html`
 * @param request what `@Req()` gives, on either platform
 * @returns what the tag returns: `<input type="hidden" name="_csrf" value="...">`
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 * import { csrfField } from 'bulwark/nest';
 *
 * // @Get() form(@Req() request: object) { return buyForm(request); }
 * export const buyForm = (request: object): string =>
 *   render(html`<form method="post">${csrfField(html, request)}<button>Buy</button></form>`);
 * ```
 */
export function csrfField<T>(html: HtmlTag<T>, request: object): T {
  return csrfFieldFor(html, rawRequest(request));
}

/**
 * The same token for scripts, which send it in the header `X-CSRF-Token`.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfToken(request: object): string {
  return csrfTokenFor(rawRequest(request));
}
