import type { FastifyInstance, RouteOptions } from 'fastify';
import type { RouteOptions as Own } from './route-options.ts';

/** Adds the route that preflights of another one go to, unless there is one. Fastify itself answers them with 404. */
export function addPreflight(
  instance: FastifyInstance,
  route: RouteOptions & { readonly routePath?: string },
  { cors }: Own,
): void {
  const { url, constraints, routePath = url } = route;
  const options = { method: 'OPTIONS', url, ...(constraints && { constraints }) } as const;
  if ([route.method].flat().includes('OPTIONS') || instance.hasRoute(options)) return;
  instance.route({
    ...options,
    url: routePath === '' ? '/' : routePath,
    ...(cors !== undefined && { config: { bulwark: { cors } } }),
    // Another request with this method than a preflight.
    handler: (_request, reply) => void reply.callNotFound(),
  });
}
