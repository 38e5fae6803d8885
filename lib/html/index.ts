/**
 * HTML in which every value is escaped for the place it stands in, and a sanitiser for markup that people write.
 *
 * @module
 */

export type { HoleValue, NotAllowed } from './hole-type.ts';
export { html } from './html.ts';
export { type Preset, type PresetName, type PresetOptions, preset } from './preset.ts';
export { render, type SafeHtml } from './safe-html.ts';
export { sanitize } from './sanitize.ts';
