/**
 * Redirects that stay on the application's own paths and on listed origins.
 *
 * @module
 */
export { type RedirectValue, redirectTo } from './redirect-to.ts';
export { type RedirectOptions, safeRedirect } from './safe-redirect.ts';
export type { SafeRedirect } from './safe-redirect-type.ts';
