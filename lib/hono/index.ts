/**
 * Hono 4, on Node, Cloudflare Workers, Bun and Deno.
 *
 * @module
 */
export { type BodyParser, form, json, upload } from './body-parsers.ts';
export { type BulwarkOptions, bulwark } from './bulwark.ts';
export { bulwarkErrors, type ErrorOptions } from './bulwark-errors.ts';
export { cspReportHandler } from './csp-report-handler.ts';
export { csrfField, csrfToken } from './csrf-field.ts';
export { defendServer } from './defend-server.ts';
export { routeCors, routeCsp, routeHeaders, routeRateLimit } from './routes.ts';
