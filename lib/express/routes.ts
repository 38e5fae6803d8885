import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cors, CorsOptions } from '../cors/cors.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import { thrownError } from '../errors/thrown-error.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import { routeCors as corsFor } from '../node/route/route-cors.ts';
import { routeCsp as cspFor } from '../node/route/route-csp.ts';
import { routeHeaders as headersFor } from '../node/route/route-headers.ts';
import { routeRateLimit as limitFor } from '../node/route/route-rate-limit.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import type { RateLimitFacts } from '../rate-limit/rule.ts';

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
  return middleware(cspFor(changes));
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
  return middleware(headersFor(changes));
}

/**
 * Lets other sites read the responses of the routes behind it, and answers their preflights. Use `app.use`, so that it gets them.
 *
 * @throws Misuse at start, as `cors` does
 *
 * @example
 * ```ts
 * import { bulwark, routeCors } from 'bulwark/express';
 * import express from 'express';
 *
 * const app = express().use(bulwark());
 * app.use('/api', routeCors({ origins: ['https://app.example.com'] }));
 * ```
 */
export function routeCors(options: CorsOptions | Cors): RouteMiddleware {
  const share = corsFor(options);
  return function routeMiddleware(req, res, next) {
    if (!share(req, res)) next();
  };
}

/**
 * Limits how often the routes behind it may be called, by the client's address, the user of `currentRequest()` and the route's
 * pattern, and by what `facts` adds. A request over the limit is answered with 429 and `Retry-After`.
 *
 * @example
 * ```ts
 * import { bulwark, routeRateLimit } from 'bulwark/express';
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 * import express from 'express';
 *
 * const app = express().use(bulwark());
 * const exporting = rateLimit({ store: memoryStore(), limit: 10, windowSeconds: 60, key: ['route', 'account'] });
 * app.get('/export', routeRateLimit(exporting), (req, res) => res.send('...'));
 * ```
 */
export function routeRateLimit<Req extends IncomingMessage = IncomingMessage>(
  limiter: RateLimiter,
  facts?: (req: Req) => RateLimitFacts,
): (req: Req, res: ServerResponse, next: (error?: unknown) => void) => void {
  const limit = limitFor(limiter, facts);
  return function routeMiddleware(req, res, next) {
    // In a turn of its own, so that what `next` throws is no rejection of this promise.
    limit(req, res).then(
      () => process.nextTick(next),
      (refused: unknown) => process.nextTick(next, thrownError(refused)),
    );
  };
}

function middleware(change: (res: ServerResponse) => void): RouteMiddleware {
  return function routeMiddleware(_req, res, next) {
    change(res);
    next();
  };
}
