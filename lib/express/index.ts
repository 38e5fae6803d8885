/**
 * Express 4 and 5.
 *
 * @module
 */
export { cspReportHandler } from '../node/csp-report-handler.ts';
export { csrfField, csrfToken } from '../node/csrf-field.ts';
export { defendServer } from '../node/defend-server.ts';
export { expectContinue } from '../node/expect-continue.ts';
export type { StaticFileOptions } from '../node/static-files.ts';
export { staticMiddleware as staticFiles } from '../node/static-middleware.ts';
export { type BodyParser, form, json, upload } from './body-parsers.ts';
export { type BulwarkOptions, bulwark } from './bulwark.ts';
export { bulwarkErrors, type ErrorOptions } from './bulwark-errors.ts';
export { type RouteMiddleware, routeCors, routeCsp, routeHeaders, routeRateLimit } from './routes.ts';
