/**
 * Koa 2 and 3.
 *
 * @module
 */

export { expectContinue } from '../node/body/expect-continue.ts';
export { defendServer } from '../node/defend-server.ts';
export { type BodyParser, form, json, upload } from './body-parsers.ts';
export { type BulwarkOptions, bulwark } from './bulwark.ts';
export type { BulwarkState } from './bulwark-state.ts';
export { cspReportHandler, csrfField, csrfToken, type StaticFileOptions, staticFiles } from './handlers.ts';
export { routeCors, routeCsp, routeHeaders, routeRateLimit } from './routes.ts';
