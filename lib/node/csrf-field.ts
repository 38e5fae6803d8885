import type { IncomingMessage } from 'node:http';
import type { HtmlTag } from '../csrf/csrf.ts';
import { csrfOf } from '../web/admit.ts';

/**
 * The hidden field that a form of this page needs for browsers that don't say who sent a request. Needs `bulwark({ csrf: { keys } })`
 * before it.
 *
 * @param html the tag of `bulwark/html`
 * @returns what the tag returns: `<input type="hidden" name="_csrf" value="...">`
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfField<T>(html: HtmlTag<T>, req: IncomingMessage): T {
  const { csrf, session, cookies } = csrfOf(req);
  return csrf.field(html, req, { session, appendCookie: (line) => cookies.appendCookie(line) });
}

/**
 * The same token for scripts, which send it in the header `X-CSRF-Token`.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfToken(req: IncomingMessage): string {
  const { csrf, session, cookies } = csrfOf(req);
  return csrf.token(req, { session, appendCookie: (line) => cookies.appendCookie(line) });
}
