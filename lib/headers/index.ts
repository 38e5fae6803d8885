/**
 * Security headers with safe defaults.
 *
 * @module
 */
export { type HeaderOptions, securityHeaders } from './headers.ts';
