import type { Context, MiddlewareHandler } from 'hono';
import type { Cors, CorsOptions } from '../cors/cors.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import { record } from '../event/record.ts';
import { type HeaderOptions, headerChanges } from '../headers/header-changes.ts';
import { enforce } from '../internal/refuse.ts';
import { addVary } from '../node/head/add-vary.ts';
import { routeCsp as cspFor } from '../node/route/route-csp.ts';
import { routeHeaders as headersFor } from '../node/route/route-headers.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import type { RateLimitFacts } from '../rate-limit/rule.ts';
import { currentRequest } from '../request/context.ts';
import { addRateLimits } from '../web/add-rate-limits.ts';
import { corsOf } from '../web/guard-options.ts';
import { requireAddress } from '../web/limit-request.ts';
import { routeFacts } from '../web/route-facts.ts';
import { policyChange } from '../web/routes.ts';
import { begunWith, guardedRequest, isNode, type NodeServed, type WebServed } from './begun.ts';

/**
 * Changes the Content-Security-Policy of the routes behind it. The changes apply to the policy of `bulwark()` or of an earlier
 * `routeCsp`; `false` sends none. After `bulwark({ csp: false })` they apply to the strict policy.
 *
 * @throws Misuse at startup, as `csp` does; at a request `bulwark/invalid-option` without `bulwark()` before it
 *
 * @example
 * ```ts
 * import { bulwark, routeCsp } from 'bulwark/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono().use(bulwark());
 * app.get('/map', routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } }), (c) =>
 *   c.html('...'), // ...; frame-src 'self' https://maps.example.com
 * );
 * ```
 */
export function routeCsp(changes: CspOptions | false): MiddlewareHandler {
  const onNode = cspFor(changes);
  const onWeb = policyChange(changes);
  return function routeMiddleware(c, next) {
    const begun = begunWith(c, 'routeCsp');
    if (isNode(begun)) onNode(begun.outgoing);
    else onWeb(begun.added);
    return next();
  };
}

/**
 * Sets or removes headers of the routes behind it; `false` removes one. A header that the handler itself sets takes precedence.
 *
 * @throws Misuse at startup: `headers/invalid-header`, `headers/invalid-value`; at a request `bulwark/invalid-option` without
 * `bulwark()` before it
 *
 * @example
 * ```ts
 * import { clearSiteData } from 'bulwark/headers';
 * import { bulwark, routeHeaders } from 'bulwark/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono().use(bulwark());
 * app.post('/log-out', routeHeaders({ 'Clear-Site-Data': clearSiteData(['cookies', 'storage']) }), (c) => c.redirect('/'));
 * ```
 */
export function routeHeaders(changes: HeaderOptions): MiddlewareHandler {
  const checked = headerChanges(changes);
  const onNode = headersFor(changes);
  return function routeMiddleware(c, next) {
    const begun = begunWith(c, 'routeHeaders');
    if (isNode(begun)) onNode(begun.outgoing);
    else for (const [name, value] of checked) begun.added.change(name, value);
    return next();
  };
}

/**
 * Lets other sites read the responses of the routes behind it, and answers their preflights. Use `app.use`, so that it gets them.
 *
 * @throws Misuse at startup, as `cors` does; at a request `bulwark/invalid-option` without `bulwark()` before it
 *
 * @example
 * ```ts
 * import { bulwark, routeCors } from 'bulwark/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono().use(bulwark());
 * app.use('/api/*', routeCors({ origins: ['https://app.example.com'] }));
 * ```
 */
export function routeCors(options: CorsOptions | Cors): MiddlewareHandler {
  const guard = corsOf(options);
  return async function routeMiddleware(c, next) {
    const begun = begunWith(c, 'routeCors');
    const { headers, preflight, refused } = guard.answer(guardedRequest(begun));
    for (const [name, value] of headers) setHeader(begun, name, value);
    if (refused) record(refused.code, 'blocked', refused.detail);
    if (preflight) return new Response(null, { status: preflight.status });
    await next();
    return undefined;
  };
}

/**
 * Limits how often the routes behind it may be called, by the client's address, the user of `currentRequest()` and the route's
 * pattern, and by what `facts` adds. A request over the limit is answered with 429 and `Retry-After`.
 *
 * @throws Refusal `rate-limit/exceeded`, `rate-limit/unavailable`; Misuse `bulwark/invalid-option` for a rule by session without
 * `facts`, and at a request for a rule by address where the client has none
 *
 * @example
 * ```ts
 * import { bulwark, routeRateLimit } from 'bulwark/hono';
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 * import { Hono } from 'hono';
 *
 * const app = new Hono().use(bulwark());
 * const exporting = rateLimit({ store: memoryStore(), limit: 10, windowSeconds: 60, key: ['route', 'account'] });
 * app.get('/export', routeRateLimit(exporting), (c) => c.text('...'));
 * ```
 */
export function routeRateLimit(
  limiter: RateLimiter,
  facts?: (c: Context) => RateLimitFacts,
): MiddlewareHandler {
  const factsOf = routeFacts(limiter, facts);
  return async function routeMiddleware(c, next) {
    const begun = begunWith(c, 'routeRateLimit');
    if (!isNode(begun)) requireAddress(limiter, () => currentRequest()?.client);
    const { decision, headers } = await limiter.check(factsOf(c));
    for (const [name, value] of addRateLimits((name) => headerOf(begun, name), headers))
      setHeader(begun, name, value);
    enforce(decision);
    await next();
  };
}

function setHeader(begun: NodeServed | WebServed, name: string, value: string): void {
  if (!isNode(begun)) begun.added.setHeader(name, value);
  else if (name === 'Vary') addVary(begun.outgoing, value);
  else begun.outgoing.setHeader(name, value);
}

function headerOf(begun: NodeServed | WebServed, name: string): string | undefined {
  if (!isNode(begun)) return begun.added.header(name);
  const value = begun.outgoing.getHeader(name);
  return value === undefined ? undefined : String(value);
}
