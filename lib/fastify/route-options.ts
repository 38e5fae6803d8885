import type { FastifyReply, FastifyRequest } from 'fastify';
import { knownOptions } from '../internal/known-options.ts';
import { type RouteChanges, routeWork } from '../node/route/route-work.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { SessionLoader } from '../session/sessions.ts';

/** What a route may change: `config: { bulwark: { ... } }`. */
export interface RouteOptions extends RouteChanges {
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
  if (own.rateLimit && typeof own.rateLimit.check !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'rateLimit of a route takes what `rateLimit(...)` of bulwark/rate-limit returns.',
    );
  }
  const work = routeWork(own, session);
  return (request, reply) => work(request.raw, reply.raw);
}

const routeOptions = ['csp', 'headers', 'cors', 'rateLimit', 'maxBodyBytes'] as const;
