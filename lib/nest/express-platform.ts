import type { IncomingMessage, ServerResponse } from 'node:http';
import { form, json, upload } from '../express/body-parsers.ts';
import { bulwark } from '../express/bulwark.ts';
import type { ExpressRequest } from '../express/express-start.ts';
import { type RouteMiddleware, routeCors } from '../express/routes.ts';
import type { BodyParser } from './body-parser.ts';
import { hideOwnSyntaxErrors } from './known-errors.ts';
import type { Adapter, SetUpPlatform } from './platform.ts';
import { noteSession } from './request-sessions.ts';
import { type ParserOf, routeGuard } from './route-guard.ts';
import { routeOptionsOf } from './route-options.ts';
import { uploadInterceptor } from './upload-interceptor.ts';

type Next = (error?: unknown) => void;

/** The parts of an Express application that are used. */
interface Express {
  options(path: unknown, handler: unknown): unknown;
  readonly router?: { readonly stack?: readonly Layer[] };
  /** Of Express 4, whose `router` throws. */
  readonly _router?: Express['router'];
}

interface Layer {
  readonly handle?: { readonly name?: string };
}

export const setUpExpress: SetUpPlatform = (adapter, { onError: _, ...options }, controllers) => {
  const { session } = options;
  const first = bulwark(options);
  adapter.use(function bulwarkFirst(req: IncomingMessage, res: ServerResponse, next: Next) {
    noteSession(req, session);
    first(req as ExpressRequest, res, next);
  });
  hideOwnSyntaxErrors(adapter);
  const instance = adapter.getInstance() as Express;
  addPreflights(adapter, instance);
  return {
    guard: routeGuard(controllers, session, parserOf),
    interceptor: uploadInterceptor(controllers, (uploads) => upload(uploads) as BodyParser),
    parsesBodies: () => {
      const layers = (instance._router ?? instance.router)?.stack?.map(({ handle }) => handle?.name) ?? [];
      return layers.includes('jsonParser') || layers.includes('urlencodedParser');
    },
  };
};

const parserOf: ParserOf = (body) => {
  if ('upload' in body) return undefined;
  return ('json' in body ? json(body.json) : form(body.form)) as BodyParser;
};

/** Routes for the preflights of routes with `@RouteCors()`, which Nest itself would answer with 404. */
function addPreflights(adapter: Adapter, instance: Express): void {
  const methods = adapter as unknown as Record<string, (...args: unknown[]) => unknown>;
  const paths = new Map<unknown, Map<string, RouteMiddleware | undefined>>();
  for (const name of ['get', 'post', 'put', 'patch', 'delete', 'head', 'search', 'all']) {
    const add = methods[name]?.bind(adapter);
    if (add === undefined) continue;
    methods[name] = (...args) => {
      const [path] = args;
      const handler = args.at(-1);
      const cors = typeof handler === 'function' ? routeOptionsOf(handler)?.cors : undefined;
      const routes = paths.get(path) ?? new Map<string, RouteMiddleware | undefined>();
      paths.set(path, routes);
      const isFirst = cors !== undefined && ![...routes.values()].some(Boolean);
      if (!routes.has(name)) routes.set(name, cors === undefined ? undefined : routeCors(cors));
      if (isFirst) instance.options(path, preflight(routes));
      return add(...args);
    };
  }
}

/**
 * The route of the method that a page asks for decides. One that shares nothing allows nothing. For a method without a route, the first one
 * that is shared tells which methods there are.
 */
function preflight(routes: ReadonlyMap<string, RouteMiddleware | undefined>): RouteMiddleware {
  return (req, res, next) => {
    const asked = req.headers['access-control-request-method']?.toLowerCase() ?? '';
    const name = [asked, 'all'].find((known) => routes.has(known));
    const share = name === undefined ? [...routes.values()].find(Boolean) : routes.get(name);
    if (share) share(req, res, next);
    else next();
  };
}
