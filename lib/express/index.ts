/**
 * Express 4 and 5.
 *
 * @module
 */
export { type BulwarkOptions, bulwark } from './bulwark.ts';
export { bulwarkErrors, type ErrorOptions } from './bulwark-errors.ts';
export { cspReportHandler } from './csp-report-handler.ts';
export { expectContinue } from './expect-continue.ts';
export { routeCsp } from './route-csp.ts';
export { routeHeaders } from './route-headers.ts';
