/**
 * The Content-Security-Policy: the second line behind `bulwark/html`.
 *
 * @module
 */
export { type Csp, type CspOptions, csp } from './csp.ts';
