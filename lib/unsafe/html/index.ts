/**
 * The door out of `bulwark/html`.
 *
 * @module
 */
export { trustedHtml } from './trusted-html.ts';
