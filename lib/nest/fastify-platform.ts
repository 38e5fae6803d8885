import type { FastifyInstance, RouteOptions as FastifyRoute } from 'fastify';
import { form, json, upload } from '../fastify/body-parsers.ts';
import { bulwark } from '../fastify/bulwark.ts';
import { internalOf } from '../fastify/fastify-context.ts';
import type { BodyParser } from './body-parser.ts';
import { hideOwnSyntaxErrors } from './known-errors.ts';
import { getMetadata, setMetadata } from './metadata.ts';
import type { Adapter, SetUpPlatform } from './platform.ts';
import { noteSession } from './request-sessions.ts';
import type { BodyOptions, Controller, Method, RouteOptions } from './route-options.ts';
import { uploadInterceptor } from './upload-interceptor.ts';

/** Where Nest looks for the `config` of a route: its own `@RouteConfig()` writes it. */
const routeConfig = '__fastify_route_config__';

/** In the `config` of a route, what reads its body. */
const bodyKey = 'bulwarkBody';

/** Nest's own parsers are of these; those of the plugin are of patterns. */
const types = ['application/json', 'application/x-www-form-urlencoded'];

export const setUpFastify: SetUpPlatform = async (adapter, options, controllers) => {
  const instance = adapter.getInstance() as FastifyInstance;
  const { session } = options;
  for (const { method, options: own } of routesOf(controllers)) configure(method, own);
  const hooks = internalOf(instance, 'fastify.hooks') as { readonly onRequest?: unknown[] } | undefined;
  const before = hooks?.onRequest?.length ?? 0;
  instance.addHook('onRequest', ({ raw }, _reply, done) => {
    noteSession(raw, session);
    done();
  });
  await instance.register(bulwark, options);
  // Nest has put its middleware in front, when it made the adapter.
  const own = hooks?.onRequest?.splice(before) ?? [];
  hooks?.onRequest?.unshift(...own);
  instance.addHook('onRoute', readBody);
  hideOwnSyntaxErrors(adapter);
  keepConfig(adapter);
  return {
    // The plugin's own hooks do what the decorators of routes say.
    guard: undefined,
    // Nest hands an interceptor Fastify's request and reply, which this hook takes.
    interceptor: uploadInterceptor(controllers, (uploads) => upload(uploads) as unknown as BodyParser),
    parsesBodies: () => types.some((type) => instance.hasContentTypeParser(type)),
  };
};

function routesOf(controllers: readonly Controller[]): Controller['routes'] {
  return controllers.flatMap(({ routes }) => routes);
}

function configure(method: Method, { body, ...own }: RouteOptions): void {
  const given = getMetadata(routeConfig, method) as { readonly bulwark?: object } | undefined;
  const config = { ...given, bulwark: { ...given?.bulwark, ...own }, ...(body && { [bodyKey]: body }) };
  setMetadata(routeConfig, config, method);
}

function readBody(route: FastifyRoute): void {
  const body = (route.config as { readonly [bodyKey]?: BodyOptions } | undefined)?.[bodyKey];
  if (body === undefined || 'upload' in body) return;
  const hook = 'json' in body ? json(body.json) : form(body.form);
  route.preParsing = [...[route.preParsing ?? []].flat(), hook as never];
}

/** Nest leaves the config of an `@All()` route out. */
function keepConfig(adapter: Adapter): void {
  const withAll = adapter as unknown as { all(...args: unknown[]): unknown };
  const all = withAll.all.bind(adapter);
  withAll.all = (...args) => {
    const config = typeof args[1] === 'function' ? getMetadata(routeConfig, args[1]) : undefined;
    return config === undefined ? all(...args) : all(args[0], { config }, args[1]);
  };
}
