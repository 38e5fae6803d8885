import type { FastifyInstance, RouteOptions } from 'fastify';
import type { Cors } from '../cors/cors.ts';
import { headerOf } from '../request/any-request.ts';
import { corsOf } from '../web/guard-options.ts';
import type { RouteOptions as Own } from './route-options.ts';

type Declared = RouteOptions & { readonly routePath?: string };
type AddPreflight = (instance: FastifyInstance, route: Declared, own: Own) => void;

/** Adds a route for the preflights of each path that is shared. Fastify itself answers them with 404. */
export function preflightRoutes(): AddPreflight {
  const shares = new Map<string, Map<string, Cors>>();
  return function addPreflight(instance, route, { cors }) {
    const methods = [route.method].flat();
    // One that is added here, or by the application.
    if (methods.includes('OPTIONS')) return;
    const { url, constraints, routePath = url } = route;
    const options = { method: 'OPTIONS', url, ...(constraints && { constraints }) } as const;
    const key = `${unnamed(url)} ${textOf(constraints)}`;
    const known = shares.get(key) ?? new Map<string, Cors>();
    if (cors !== undefined) for (const method of methods) known.set(method.toUpperCase(), corsOf(cors));
    if (instance.hasRoute(options)) return;
    shares.set(key, known);
    instance.route({
      ...options,
      url: routePath === '' ? '/' : routePath,
      config: {
        bulwark: { cors: ofAskedMethod(known, (method) => instance.hasRoute({ ...options, method })) },
      },
      // Another request with this method than a preflight.
      handler: (_request, reply) => void reply.callNotFound(),
    });
  };
}

/**
 * The routes of one path may be shared with different sites: the route of the method that a page asks for decides. One that shares nothing
 * allows nothing. For a method without a route, the first route tells which methods there are.
 */
function ofAskedMethod(shares: ReadonlyMap<string, Cors>, hasRoute: (method: string) => boolean): Cors {
  return {
    answer(request) {
      const method = headerOf(request, 'access-control-request-method') ?? '';
      const [first] = shares.values();
      const share = shares.get(method) ?? (hasRoute(method) ? undefined : first);
      return share?.answer(request) ?? { headers: [varyByMethod] };
    },
  };
}

const varyByMethod = [
  'Vary',
  'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
] as const;

/** The router takes `/items/:id` and `/items/:name` for one path. Two colons are a colon of the URL. */
function unnamed(url: string): string {
  const parts = url.split('::').map((part) => part.replace(/:[^/(:.-]*/g, ':'));
  return parts.join('::');
}

function textOf(constraints: object | undefined): string {
  return Object.entries(constraints ?? {})
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort()
    .join(' ');
}
