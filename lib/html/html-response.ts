import { knownOptions } from '../internal/known-options.ts';
import { render } from './render.ts';
import { renderToStream, type StreamOptions } from './render-to-stream.ts';
import { contentOf, type LateHtml, type SafeHtml } from './values/safe-html.ts';

export interface HtmlResponseOptions extends StreamOptions {
  /** 200 when absent. */
  readonly status?: number;
  readonly headers?: Headers | Readonly<Record<string, string>>;
}

/**
 * The page as a web `Response`, for Hono and whatever else takes one: `text/html; charset=utf-8`, whatever the
 * headers say, since a browser that guesses the character set may read other markup. A page that waits is streamed.
 *
 * @throws Misuse `html/not-safe-html` for anything that the tag, the sanitiser or `trustedHtml` did not make
 *
 * @example
 * ```ts
 * import { html, htmlResponse } from 'bulwark/html';
 *
 * htmlResponse(html`<p>${'Not found'}</p>`, { status: 404 }).headers.get('content-type');
 * // 'text/html; charset=utf-8'
 * ```
 */
export function htmlResponse(page: SafeHtml | LateHtml, options: HtmlResponseOptions = {}): Response {
  const {
    status = 200,
    headers: given = {},
    ...rest
  } = knownOptions(options, ['status', 'headers', 'nonce', 'signal']);
  const headers = new Headers(given);
  headers.set('content-type', 'text/html; charset=utf-8');
  const body = contentOf(page)?.lates ? renderToStream(page, rest) : render(page as SafeHtml, rest);
  return new Response(body, { status, headers });
}
