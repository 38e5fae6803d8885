/**
 * The escape hatches of `bulwark/html`. Each use needs a reason.
 *
 * @module
 */
export { type TrustedHtmlOptions, trustedHtml } from './trusted-html.ts';
export { trustedResourceUrl } from './trusted-resource-url.ts';
export { trustedScript } from './trusted-script.ts';
export { trustedStyle } from './trusted-style.ts';
export { trustedUrl } from './trusted-url.ts';
