/**
 * Fastify 5.
 *
 * @module
 */

export { expectContinue } from '../node/body/expect-continue.ts';
export { defendServer } from '../node/defend-server.ts';
export type { StaticFileOptions } from '../node/static/static-files.ts';
export { type BodyHook, form, json, type RequestWith, type UploadHook, upload } from './body-parsers.ts';
export { type BulwarkOptions, bulwark } from './bulwark.ts';
export { cspReportHandler, csrfField, csrfToken, staticFiles } from './handlers.ts';
export { type RouteHook, routeCors, routeCsp, routeHeaders, routeRateLimit } from './route-hooks.ts';
export type { RouteOptions } from './route-options.ts';
export type { TemplateLocals } from './template-locals.ts';
