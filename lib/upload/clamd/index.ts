/**
 * A scanner for uploads: ClamAV's daemon.
 *
 * @module
 */
export { type ClamdOptions, clamd } from './clamd.ts';
