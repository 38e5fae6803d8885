/**
 * HTML in which every value is escaped for the place it stands in, and a sanitiser for markup that people write.
 *
 * @module
 */

export type { HoleValue, NotAllowed } from './hole-type.ts';
export { html } from './html.ts';
export { render, type SafeHtml } from './safe-html.ts';
