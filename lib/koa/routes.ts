import type { ServerResponse } from 'node:http';
import type { Middleware, ParameterizedContext } from 'koa';
import type { Cors, CorsOptions } from '../cors/cors.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import { routeCors as corsFor } from '../node/route/route-cors.ts';
import { routeCsp as cspFor } from '../node/route/route-csp.ts';
import { routeHeaders as headersFor } from '../node/route/route-headers.ts';
import { routeRateLimit as limitFor } from '../node/route/route-rate-limit.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import type { RateLimitFacts } from '../rate-limit/rule.ts';

/**
 * Changes the Content-Security-Policy of the routes behind it. The changes apply to the policy of `bulwark()` or of an earlier
 * `routeCsp`; `false` sends none. After `bulwark({ csp: false })` they apply to the strict policy.
 *
 * @throws Misuse at startup, as `csp` does; at a request `bulwark/invalid-option` without `bulwark()` before it
 *
 * @example
 * ```ts
 * import Router from '@koa/router';
 * import { bulwark, routeCsp } from 'bulwark/koa';
 * import Koa from 'koa';
 *
 * const router = new Router();
 * router.get('/map', routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } }), (ctx) => {
 *   ctx.body = '...'; // ...; frame-src 'self' https://maps.example.com
 * });
 * new Koa().use(bulwark()).use(router.routes());
 * ```
 */
export function routeCsp(changes: CspOptions | false): Middleware {
  return middleware(cspFor(changes));
}

/**
 * Sets or removes headers of the routes behind it; `false` removes one, also if something else has set it.
 *
 * @throws Misuse at startup: `headers/invalid-header`, `headers/invalid-value`
 *
 * @example
 * ```ts
 * import Router from '@koa/router';
 * import { bulwark, routeHeaders } from 'bulwark/koa';
 * import Koa from 'koa';
 *
 * const router = new Router();
 * router.get('/widget', routeHeaders({ 'X-Frame-Options': false }), (ctx) => {
 *   ctx.body = '...';
 * });
 * new Koa().use(bulwark()).use(router.routes());
 * ```
 */
export function routeHeaders(changes: HeaderOptions): Middleware {
  return middleware(headersFor(changes));
}

/**
 * Lets other sites read the responses of the routes behind it, and answers their preflights. Use `router.use` or `router.all`, so that it gets
 * them.
 *
 * @throws Misuse at startup, as `cors` does
 *
 * @example
 * ```ts
 * import Router from '@koa/router';
 * import { bulwark, routeCors } from 'bulwark/koa';
 * import Koa from 'koa';
 *
 * const router = new Router({ prefix: '/api' });
 * router.all('/{*path}', routeCors({ origins: ['https://app.example.com'] }));
 * new Koa().use(bulwark()).use(router.routes());
 * ```
 */
export function routeCors(options: CorsOptions | Cors): Middleware {
  const share = corsFor(options);
  return async function shareRoute(ctx, next) {
    if (share(ctx.req, ctx.res)) ctx.respond = false;
    else await next();
  };
}

/**
 * Limits how often the routes behind it may be called, by the client's address, the user of `currentRequest()` and the route's
 * pattern, and by what `facts` adds. A request over the limit is answered with 429 and `Retry-After`.
 *
 * @example
 * ```ts
 * import Router from '@koa/router';
 * import { bulwark, routeRateLimit } from 'bulwark/koa';
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 * import Koa from 'koa';
 *
 * const exporting = rateLimit({ store: memoryStore(), limit: 10, windowSeconds: 60, key: ['route', 'account'] });
 * const router = new Router();
 * router.get('/export', routeRateLimit(exporting), (ctx) => {
 *   ctx.body = '...';
 * });
 * new Koa().use(bulwark()).use(router.routes());
 * ```
 */
export function routeRateLimit(
  limiter: RateLimiter,
  facts?: (ctx: ParameterizedContext) => RateLimitFacts,
): Middleware {
  const limit = limitFor(limiter, facts as ((request: unknown) => RateLimitFacts) | undefined);
  return async function limitRoute(ctx, next) {
    // The limiter only passes it to `facts`.
    await limit(ctx as never, ctx.res);
    await next();
  };
}

function middleware(change: (res: ServerResponse) => void): Middleware {
  return async function changeResponse(ctx, next) {
    change(ctx.res);
    await next();
  };
}
