import type { ErrorHandler } from './fastify-context.ts';

/**
 * The same handlers with `last` in place of Fastify's own, which sends the error's message (CWE-209). Those of the application stay in
 * front, whenever they were set.
 */
export function withLast(handler: ErrorHandler, last: ErrorHandler): ErrorHandler {
  if (Object.prototype.isPrototypeOf.call(last, handler)) return handler;
  const own: ErrorHandler[] = [];
  for (
    let each = handler;
    Object.getPrototypeOf(each) !== Object.prototype && own.length < mostScopes;
    each = Object.getPrototypeOf(each) as ErrorHandler
  ) {
    own.push(each);
  }
  return own.reduceRight((parent, { func }) => Object.assign(Object.create(parent), { func }), last);
}

/** Handlers of scopes within scopes. */
const mostScopes = 100;
