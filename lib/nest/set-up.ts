import type { ExceptionFilter } from '@nestjs/common';
import type { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { failureLog } from '../errors/failure-log.ts';
import { Misuse } from '../refusal/misuse.ts';
import { exceptionFilter } from './exception-filter.ts';
import { setUpExpress } from './express-platform.ts';
import { setUpFastify } from './fastify-platform.ts';
import { type BulwarkOptions, bulwarkOptions } from './options.ts';
import type { Adapter, Platform } from './platform.ts';
import { controllersOf } from './route-options.ts';

const defended = new WeakSet<object>();

/** Puts the defence in front of an application that is being created. */
export async function setUp(
  options: BulwarkOptions,
  { httpAdapter }: HttpAdapterHost,
  config: ApplicationConfig,
  modules: ModulesContainer,
): Promise<object> {
  const own = bulwarkOptions(options);
  const adapter = httpAdapter as unknown as Adapter | undefined | null;
  // Of a microservice, or of an application without a server.
  if (typeof adapter?.getType !== 'function' || typeof adapter.getInstance !== 'function') return {};
  if (defended.has(adapter)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'BulwarkModule is imported twice. Import it once, in the root module.',
    );
  }
  defended.add(adapter);
  const log = failureLog(own.onError);
  const setUpPlatform = platforms.get(adapter.getType());
  if (setUpPlatform === undefined) {
    throw new Misuse(
      'bulwark/invalid-option',
      "bulwark/nest works with Nest's Express and Fastify adapters.",
    );
  }
  const controllers = controllersOf(modules);
  const asksForCors = watchCors(adapter);
  const platform = await setUpPlatform(adapter, own, controllers);
  addGlobally(config, exceptionFilter(log), platform);
  const routes = controllers.flatMap((controller) => controller.routes.map(({ options: given }) => given));
  return {
    onApplicationBootstrap(): void {
      if (asksForCors() && (own.cors !== undefined || routes.some((route) => route.cors !== undefined))) {
        throw new Misuse('bulwark/invalid-option', corsTwice);
      }
      if (platform.parsesBodies() && routes.some(({ body }) => body !== undefined && !('upload' in body))) {
        throw new Misuse('bulwark/invalid-option', bodiesTwice);
      }
    },
  };
}

/** In front of those of providers, which Nest adds later. The filter that was added last is asked first, and the guard that was added first. */
function addGlobally(
  config: ApplicationConfig,
  filter: ExceptionFilter,
  { guard, interceptor }: Platform,
): void {
  config.useGlobalFilters(filter);
  if (guard) config.useGlobalGuards(guard);
  if (interceptor) config.useGlobalInterceptors(interceptor);
}

/** Tells whether Nest's own CORS was switched on. */
function watchCors(adapter: Adapter): () => boolean {
  const enableCors = adapter.enableCors.bind(adapter);
  let asked = false;
  adapter.enableCors = (...args) => {
    asked = true;
    return enableCors(...args);
  };
  return () => asked;
}

const corsTwice =
  "Nest's own CORS would overwrite the headers of Bulwark's. Remove `cors` of NestFactory.create and enableCors().";
const bodiesTwice =
  "Nest's own parsers would read the body before @Json() and @Form(). Create the application with `bodyParser: false`.";

const platforms = new Map([
  ['express', setUpExpress],
  ['fastify', setUpFastify],
]);
