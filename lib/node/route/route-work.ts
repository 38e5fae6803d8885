import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cors, CorsOptions } from '../../cors/cors.ts';
import type { CspOptions } from '../../csp/csp-options.ts';
import type { HeaderOptions } from '../../headers/header-changes.ts';
import type { RateLimiter } from '../../rate-limit/rate-limit.ts';
import type { SessionLoader } from '../../session/sessions.ts';
import { routeCors } from './route-cors.ts';
import { routeCsp } from './route-csp.ts';
import { routeHeaders } from './route-headers.ts';
import { routeRateLimit } from './route-rate-limit.ts';

/** What a route may change. */
export interface RouteChanges {
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /** Headers to set; `false` removes one. */
  readonly headers?: HeaderOptions;
  /** Other sites that may read the route's responses. Its preflights are answered. */
  readonly cors?: CorsOptions | Cors;
  /** How often the route may be called: what `rateLimit()` returned. */
  readonly rateLimit?: RateLimiter;
}

/** Applies the changes of a route to a request. True if the response was sent: to a preflight. */
export type RouteWork = (req: IncomingMessage, res: ServerResponse) => boolean | Promise<boolean>;

/**
 * Applies the changes of a route before its handler. A rate limit by session gets the session of the request.
 *
 * @throws Misuse at startup, as the guards do
 */
export function routeWork(changes: RouteChanges, session: SessionLoader<object> | undefined): RouteWork {
  const policy = changes.csp === undefined ? undefined : routeCsp(changes.csp);
  const headers = changes.headers && routeHeaders(changes.headers);
  const cors = changes.cors && routeCors(changes.cors);
  const limit =
    changes.rateLimit &&
    routeRateLimit(changes.rateLimit, session && ((req) => ({ session: session.of(req).binding })));
  return (req, res) => {
    policy?.(res);
    headers?.(res);
    if (cors?.(req, res)) return true;
    return limit ? limit(req, res).then(() => false) : false;
  };
}
