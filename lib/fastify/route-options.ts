import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Cors, CorsOptions } from '../cors/cors.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import { knownOptions } from '../internal/known-options.ts';
import { routeCors } from '../node/route-cors.ts';
import { routeCsp } from '../node/route-csp.ts';
import { routeHeaders } from '../node/route-headers.ts';
import { routeRateLimit } from '../node/route-rate-limit.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import type { RateLimitFacts } from '../rate-limit/rule.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { SessionLoader } from '../session/sessions.ts';

/** What a route may change: `config: { bulwark: { ... } }`. */
export interface RouteOptions {
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /** Headers to set; `false` removes one. */
  readonly headers?: HeaderOptions;
  /** Other sites that may read the route's responses. Its preflights are answered. */
  readonly cors?: CorsOptions | Cors;
  /** How often the route may be called: what `rateLimit()` returned. */
  readonly rateLimit?: RateLimiter;
  /** The largest body in bytes, in place of the application's. Fastify's own `bodyLimit` applies too. */
  readonly maxBodyBytes?: number;
}

/** @returns true if the response was sent: to a preflight */
export type RouteGuard = (request: FastifyRequest, reply: FastifyReply) => boolean | Promise<boolean>;

/** What the options of routes do to their requests, by the record of options. */
export function routeGuards(session: SessionLoader<object> | undefined): (options: unknown) => RouteGuard {
  const known = new WeakMap<object, RouteGuard>();
  return (options) => {
    const made = known.get(options as object) ?? routeGuard(options, session);
    known.set(options as object, made);
    return made;
  };
}

/**
 * What the options of a route do to its requests.
 *
 * @throws Misuse `bulwark/invalid-option`, and what the guards throw
 */
function routeGuard(options: unknown, session: SessionLoader<object> | undefined): RouteGuard {
  if (typeof options !== 'object' || options === null) {
    throw new Misuse('bulwark/invalid-option', 'config.bulwark of a route takes an object with options.');
  }
  const own: RouteOptions = knownOptions(options as RouteOptions, routeOptions);
  const { maxBodyBytes } = own;
  if (maxBodyBytes !== undefined && !(typeof maxBodyBytes === 'number' && maxBodyBytes >= 0)) {
    throw new Misuse('bulwark/invalid-option', 'maxBodyBytes of a route takes a number of bytes.');
  }
  const policy = own.csp === undefined ? undefined : routeCsp(own.csp);
  const headers = own.headers && routeHeaders(own.headers);
  const cors = own.cors && routeCors(own.cors);
  const limit = own.rateLimit && limiterOf(own.rateLimit, session);
  return (request, reply) => {
    const { raw } = reply;
    policy?.(raw);
    headers?.(raw);
    if (cors?.(request.raw, raw)) return true;
    return limit ? limit(request.raw, raw).then(() => false) : false;
  };
}

const routeOptions = ['csp', 'headers', 'cors', 'rateLimit', 'maxBodyBytes'] as const;

function limiterOf(
  limiter: RateLimiter,
  session: SessionLoader<object> | undefined,
): ReturnType<typeof routeRateLimit> {
  if (typeof limiter?.check !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'rateLimit of a route takes what `rateLimit(...)` of bulwark/rate-limit returns.',
    );
  }
  const facts =
    session && ((raw: FastifyRequest['raw']): RateLimitFacts => ({ session: session.of(raw).binding }));
  return routeRateLimit(limiter, facts);
}
