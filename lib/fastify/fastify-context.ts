import type { FastifyRequest } from 'fastify';
import { type RequestContext, resumeRequest } from '../request/context.ts';

/** A handler of errors. Its prototype is the one of the scope around it: what it throws or sends as an error goes there. */
export interface ErrorHandler {
  readonly func?: (error: unknown, ...rest: never[]) => unknown;
}

/** What Fastify knows of a route. */
export interface FastifyContext {
  readonly config?: { readonly bulwark?: unknown };
  errorHandler?: ErrorHandler;
}

let key: symbol | undefined;

/** The route of a request, or undefined in a Fastify that keeps it elsewhere. */
export function contextOf(request: FastifyRequest): FastifyContext | undefined {
  const found = key === undefined ? undefined : (request as unknown as Record<symbol, unknown>)[key];
  if (found !== undefined) return found as FastifyContext;
  key = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'fastify.context');
  return key && ((request as unknown as Record<symbol, unknown>)[key] as FastifyContext | undefined);
}

/** A property of the application that has no name of its own. Scopes inherit those of the scope around them. */
export function internalOf(instance: object, description: string): unknown {
  for (let scope: object | null = instance; scope !== null; scope = Object.getPrototypeOf(scope)) {
    const symbol = Object.getOwnPropertySymbols(scope).find((each) => each.description === description);
    if (symbol) return (scope as Record<symbol, unknown>)[symbol];
  }
  return undefined;
}

/** `config.bulwark` of a request's route. */
export function configOf(request: FastifyRequest): unknown {
  return ownConfig(contextOf(request)?.config ?? request.routeOptions.config);
}

/** What the developer wrote: a polluted prototype must not change what every route sends (CWE-1321). */
export function ownConfig<T>(config: { readonly bulwark?: T } | undefined): T | undefined {
  return config && Object.hasOwn(config, 'bulwark') ? config.bulwark : undefined;
}

/** Where a request keeps its context, for code that Fastify calls outside of it. */
export const contextKey: unique symbol = Symbol('bulwark.fastify.context') as never;

export function keepContext(request: FastifyRequest, context: RequestContext | undefined): void {
  (request as unknown as WithContext)[contextKey] = context;
}

/** Runs `work` in the context of the request. */
export function inContext<T>(request: FastifyRequest, work: () => T): T {
  const context = (request as unknown as WithContext)[contextKey];
  return context ? resumeRequest(context, work) : work();
}

interface WithContext {
  [contextKey]?: RequestContext | undefined;
}
