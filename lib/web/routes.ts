import type { Cors, CorsOptions } from '../cors/cors.ts';
import { type Csp, csp } from '../csp/csp.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import { record } from '../event/record.ts';
import { type HeaderOptions, headerChanges } from '../headers/header-changes.ts';
import { enforce } from '../internal/refuse.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import type { RateLimitFacts } from '../rate-limit/rule.ts';
import { addRateLimits } from './add-rate-limits.ts';
import { corsOf } from './guard-options.ts';
import { type ResponseHeaders, responseOf } from './response-headers.ts';
import { routeFacts } from './route-facts.ts';

/**
 * Changes the Content-Security-Policy of a request's response. The changes apply to the policy of `bulwark()`; `false` sends none.
 * Make it at startup. A policy that the handler itself sets takes precedence.
 *
 * @throws Misuse at startup, as `csp` does; at a request `bulwark/invalid-option` without `bulwark()` around it
 *
 * @example
 * ```ts
 * import { bulwark, routeCsp } from 'bulwark/web';
 *
 * const withMap = routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } });
 * bulwark({}, (request) => {
 *   if (request.url.endsWith('/map')) withMap(request);
 *   return new Response('...'); // /map: ...; frame-src 'self' https://maps.example.com
 * });
 * ```
 */
export function routeCsp(changes: CspOptions | false): (request: Request) => void {
  const change = policyChange(changes);
  return function changeCsp(request) {
    change(responseOf(request));
  };
}

/** The same for a response that is known. */
export function policyChange(changes: CspOptions | false): (response: ResponseHeaders) => void {
  const strict = csp();
  // Report a mistake at startup, not at the first request.
  if (changes !== false) strict.with(changes);
  const changed = new WeakMap<Csp, Csp>();
  return function changePolicy(response) {
    const base = response.policy || strict;
    if (changes === false) {
      response.policy = false;
      return;
    }
    const known = changed.get(base) ?? base.with(changes);
    changed.set(base, known);
    response.policy = known;
  };
}

/**
 * Sets or removes headers of a request's response; `false` removes one. Make it at startup. A header that the handler itself sets takes
 * precedence.
 *
 * @throws Misuse at startup: `headers/invalid-header`, `headers/invalid-value`; at a request `bulwark/invalid-option` without `bulwark()`
 * around it
 *
 * @example
 * ```ts
 * import { clearSiteData } from 'bulwark/headers';
 * import { bulwark, routeHeaders } from 'bulwark/web';
 *
 * const clear = routeHeaders({ 'Clear-Site-Data': clearSiteData(['cookies', 'storage']) });
 * bulwark({}, (request) => {
 *   if (request.url.endsWith('/log-out')) clear(request);
 *   return new Response();
 * });
 * ```
 */
export function routeHeaders(changes: HeaderOptions): (request: Request) => void {
  const checked = headerChanges(changes);
  return function changeHeaders(request) {
    const response = responseOf(request);
    for (const [name, value] of checked) response.change(name, value);
  };
}

/**
 * Lets other sites read the responses of a route. Make it at startup, and call it before the route's handler.
 *
 * @returns a function that gives the answer to a preflight, and undefined for any other request
 * @throws Misuse at startup, as `cors` does; at a request `bulwark/invalid-option` without `bulwark()` around it
 *
 * @example
 * ```ts
 * import { bulwark, routeCors } from 'bulwark/web';
 *
 * const shared = routeCors({ origins: ['https://app.example.com'] });
 * bulwark({}, (request) => shared(request) ?? Response.json({}));
 * ```
 */
export function routeCors(options: CorsOptions | Cors): (request: Request) => Response | undefined {
  const guard = corsOf(options);
  return function shareRoute(request) {
    const response = responseOf(request);
    const { headers, preflight, refused } = guard.answer(request);
    for (const [name, value] of headers) response.setHeader(name, value);
    if (refused) record(refused.code, 'blocked', refused.detail);
    return preflight && new Response(null, { status: preflight.status });
  };
}

/**
 * Limits how often a route may be called. It counts by the client's address, the user of `currentRequest()` and the route, and by
 * what `facts` adds. Its headers are added to those of an earlier limiter.
 *
 * @returns a function that resolves if the request may continue
 * @throws Refusal `rate-limit/exceeded`, `rate-limit/unavailable`; Misuse `bulwark/invalid-option` at startup for a rule by session
 * without `facts`
 *
 * @example
 * ```ts
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 * import { bulwark, routeRateLimit } from 'bulwark/web';
 *
 * const exporting = routeRateLimit(rateLimit({ store: memoryStore(), limit: 10, windowSeconds: 60, key: 'address' }));
 * bulwark({}, async (request) => {
 *   await exporting(request); // the eleventh in a minute is answered with 429
 *   return new Response('...');
 * });
 * ```
 */
export function routeRateLimit(
  limiter: RateLimiter,
  facts?: (request: Request) => RateLimitFacts,
): (request: Request) => Promise<void> {
  const factsOf = routeFacts(limiter, facts);
  return async function limitRoute(request) {
    const response = responseOf(request);
    const { decision, headers } = await limiter.check(factsOf(request));
    for (const [name, value] of addRateLimits((name) => response.header(name), headers))
      response.setHeader(name, value);
    enforce(decision);
  };
}
