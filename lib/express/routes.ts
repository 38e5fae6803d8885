import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import { routeCsp as cspOf } from '../node/route-csp.ts';
import { routeHeaders as headersOf } from '../node/route-headers.ts';

/** A middleware that changes the response of the routes behind it. */
export type RouteMiddleware = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Changes the Content-Security-Policy of the routes behind it. The changes apply to the policy of `bulwark()` or of an earlier
 * `routeCsp`; `false` sends none. After `bulwark({ csp: false })` they apply to the strict policy.
 *
 * @throws Misuse at start, as `csp` does; at a request `bulwark/invalid-option` without `bulwark()` before it
 *
 * @example
 * ```ts
 * import { bulwark, routeCsp } from 'bulwark/express';
 * import express from 'express';
 *
 * const app = express().use(bulwark());
 * app.get('/map', routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } }), (req, res) => {
 *   res.send('...'); // ...; frame-src 'self' https://maps.example.com
 * });
 * app.get('/widget', routeCsp({ directives: { 'frame-ancestors': ['https://partner.example.com'] } }), (req, res) => {
 *   res.send('...');
 * });
 * ```
 */
export function routeCsp(changes: CspOptions | false): RouteMiddleware {
  return middleware(cspOf(changes));
}

/**
 * Sets or removes headers of the routes behind it; `false` removes one, also if something else has set it.
 *
 * @throws Misuse at start: `headers/invalid-header`, `headers/invalid-value`
 *
 * @example
 * ```ts
 * import { bulwark, routeHeaders } from 'bulwark/express';
 * import { clearSiteData } from 'bulwark/headers';
 * import express from 'express';
 *
 * const app = express().use(bulwark());
 * app.use('/public', routeHeaders({ 'Cross-Origin-Resource-Policy': 'cross-origin' }), express.static('public'));
 * app.post('/log-out', routeHeaders({ 'Clear-Site-Data': clearSiteData(['cookies', 'storage']) }), (req, res) => {
 *   res.redirect('/');
 * });
 * ```
 */
export function routeHeaders(changes: HeaderOptions): RouteMiddleware {
  return middleware(headersOf(changes));
}

function middleware(change: (res: ServerResponse) => void): RouteMiddleware {
  return function routeMiddleware(_req, res, next) {
    change(res);
    next();
  };
}
