/**
 * Applications on `node:http`.
 *
 * @module
 */

export { expectContinue } from './body/expect-continue.ts';
export { readForm, readJson } from './body/read-parsed.ts';
export { type BulwarkOptions, bulwark, type Handler } from './bulwark.ts';
export { cspReportHandler } from './csp-report-handler.ts';
export { csrfField, csrfToken } from './csrf-field.ts';
export { defendServer } from './defend-server.ts';
export { routeCors } from './route/route-cors.ts';
export { routeCsp } from './route/route-csp.ts';
export { routeHeaders } from './route/route-headers.ts';
export { routeRateLimit } from './route/route-rate-limit.ts';
export { type StaticFileOptions, type StaticFiles, staticFiles } from './static/static-files.ts';
