/**
 * Applications that turn a web `Request` into a `Response`.
 *
 * @module
 */
export { type BulwarkOptions, bulwark, type Handler } from './bulwark.ts';
export { cspReportHandler } from './csp-report-handler.ts';
export { csrfField, csrfToken } from './csrf-field.ts';
export type { Connection } from './defence-options.ts';
export { readForm, readJson } from './read-parsed.ts';
export { routeCors, routeCsp, routeHeaders, routeRateLimit } from './routes.ts';
