/**
 * Applications on `node:http`.
 *
 * @module
 */
export { type BulwarkOptions, bulwark, type Handler } from './bulwark.ts';
export { cspReportHandler } from './csp-report-handler.ts';
export { csrfField, csrfToken } from './csrf-field.ts';
export { defendServer } from './defend-server.ts';
export { expectContinue } from './expect-continue.ts';
export { readForm, readJson } from './read-parsed.ts';
export { routeCors } from './route-cors.ts';
export { routeCsp } from './route-csp.ts';
export { routeHeaders } from './route-headers.ts';
export { routeRateLimit } from './route-rate-limit.ts';
export { type StaticFileOptions, type StaticFiles, staticFiles } from './static-files.ts';
