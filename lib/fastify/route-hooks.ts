import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
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

type Done = (error?: Error) => void;

/** The part of requests and replies that is used, so that those of every server fit. */
interface WithRaw {
  readonly raw: object;
}

/** An `onRequest` hook, or any hook before the handler. */
export type RouteHook = (request: WithRaw, reply: WithRaw, done: Done) => void;

/** A request of any of Fastify's servers. */
// biome-ignore lint/suspicious/noExplicitAny: any server, schema and logger.
type AnyRequest = FastifyRequest<any, any, any, any, any, any, any>;

/**
 * Changes the Content-Security-Policy of a route, or of all routes of a scope, as `config: { bulwark: { csp } }` does for a route.
 *
 * @throws Misuse at startup, as `csp` does; at a request `bulwark/invalid-option` without `bulwark` before it
 *
 * @example
 * ```ts
 * import { bulwark, routeCsp } from 'bulwark/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark);
 * await app.register(async (maps) => {
 *   maps.addHook('onRequest', routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } }));
 *   maps.get('/map', () => '...'); // ...; frame-src 'self' https://maps.example.com
 * });
 * ```
 */
export function routeCsp(changes: CspOptions | false): RouteHook {
  return responseHook(cspFor(changes));
}

/**
 * Sets or removes headers of a route or a scope, as `config: { bulwark: { headers } }` does for a route.
 *
 * @throws Misuse at startup: `headers/invalid-header`, `headers/invalid-value`
 *
 * @example
 * ```ts
 * import { bulwark, routeHeaders } from 'bulwark/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark);
 * await app.register(async (widgets) => {
 *   widgets.addHook('onRequest', routeHeaders({ 'X-Frame-Options': false }));
 *   widgets.get('/widget', () => '...'); // may be framed, as far as this header goes
 * });
 * ```
 */
export function routeHeaders(changes: HeaderOptions): RouteHook {
  return responseHook(headersFor(changes));
}

/**
 * Lets other sites read the responses of a scope, and answers preflights that reach it: a route for OPTIONS must exist. With
 * `config: { bulwark: { cors } }`, it is added for you.
 *
 * @throws Misuse at startup, as `cors` does
 *
 * @example
 * ```ts
 * import { bulwark, routeCors } from 'bulwark/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark);
 * await app.register(async (api) => {
 *   api.addHook('onRequest', routeCors({ origins: ['https://app.example.com'] }));
 *   api.get('/data', () => ({ data: 1 }));
 *   api.options('/data', () => ''); // for preflights
 * });
 * ```
 */
export function routeCors(options: CorsOptions | Cors): RouteHook {
  const share = corsFor(options);
  return function shareRoute(request, reply, done) {
    if (!share(request.raw as IncomingMessage, reply.raw as ServerResponse)) done();
  };
}

/**
 * Limits how often a route may be called, by the client's address, the user of `currentRequest()` and the route's pattern, and by what
 * `facts` adds. Use it as a `preHandler` where it counts by what an earlier hook finds out; otherwise `config: { bulwark: { rateLimit } }`
 * refuses before the body is read.
 *
 * @example
 * ```ts
 * import { bulwark, routeRateLimit } from 'bulwark/fastify';
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark);
 * const exporting = rateLimit({ store: memoryStore(), limit: 10, windowSeconds: 60, key: ['route', 'account'] });
 * app.get('/export', { preHandler: routeRateLimit(exporting) }, () => '...');
 * ```
 */
export function routeRateLimit(
  limiter: RateLimiter,
  facts?: (request: AnyRequest) => RateLimitFacts,
): RouteHook {
  const limit = limitFor(limiter, facts as ((request: unknown) => RateLimitFacts) | undefined);
  return function limitRoute(request, reply, done) {
    // The limiter only passes the request to `facts`.
    limit(request as never, reply.raw as ServerResponse).then(
      // In a turn of its own, so that what `done` throws is no rejection of this promise.
      () => process.nextTick(done),
      (refused: unknown) => process.nextTick(done, thrownError(refused)),
    );
  };
}

function responseHook(change: (res: ServerResponse) => void): RouteHook {
  return function changeResponse(_request, reply, done) {
    change(reply.raw as ServerResponse);
    done();
  };
}
