/**
 * Nest, over Express and over Fastify.
 *
 * @module
 */

export { expectContinue } from '../node/body/expect-continue.ts';
export { defendServer } from '../node/defend-server.ts';
export type { StaticFileOptions } from '../node/static/static-files.ts';
export { Form, Json, Upload } from './body-decorators.ts';
export { type BulwarkAsyncOptions, BulwarkModule } from './bulwark-module.ts';
export { cspReportHandler, csrfField, csrfToken, staticFiles } from './handlers.ts';
export type { BulwarkOptions } from './options.ts';
export { CurrentSession, Nonce, type ParameterDecorator } from './parameter-decorators.ts';
export {
  RouteCors,
  RouteCsp,
  type RouteDecorator,
  RouteHeaders,
  RouteRateLimit,
} from './route-decorators.ts';
