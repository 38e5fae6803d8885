/**
 * Express 4 and 5.
 *
 * @module
 */

export { expectContinue } from '../node/body/expect-continue.ts';
export { cspReportHandler } from '../node/csp-report-handler.ts';
export { csrfField, csrfToken } from '../node/csrf-field.ts';
export { defendServer } from '../node/defend-server.ts';
export type { StaticFileOptions } from '../node/static/static-files.ts';
export { staticMiddleware as staticFiles } from '../node/static/static-middleware.ts';
export { type BodyParser, form, json, upload } from './body-parsers.ts';
export { type BulwarkOptions, bulwark } from './bulwark.ts';
export { bulwarkErrors, type ErrorOptions } from './bulwark-errors.ts';
export { type RouteMiddleware, routeCors, routeCsp, routeHeaders, routeRateLimit } from './routes.ts';
