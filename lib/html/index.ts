/**
 * HTML in which every value is escaped for the place it stands in, and a sanitiser for markup that people write.
 *
 * @module
 */

export { attrs } from './attrs.ts';
export { checkTemplates, type SourceTemplate, type TemplateFinding } from './check-templates.ts';
export { escape } from './escape-for-engine.ts';
export { html } from './html.ts';
export { type HtmlResponseOptions, htmlResponse } from './html-response.ts';
export { inlineHashes } from './inline-hashes.ts';
export { type RenderOptions, render } from './render.ts';
export { renderToStream, type StreamOptions } from './render-to-stream.ts';
export { resourceUrl } from './resource-url.ts';
export { safeScript } from './safe-script.ts';
export { safeStyle } from './safe-style.ts';
export { safeUrl } from './safe-url-tag.ts';
export { createSanitizer, type Sanitizer, type SanitizerOptions } from './sanitizer/create-sanitizer.ts';
export { preset } from './sanitizer/preset.ts';
export type { Preset, PresetName, PresetOptions } from './sanitizer/preset-type.ts';
export type { Removed } from './sanitizer/removal.ts';
export { type SanitizeReport, sanitize, sanitizeWithReport } from './sanitizer/sanitize.ts';
export { type HtmlTarget, sendHtml } from './send-html.ts';
export type { Attributes } from './values/attributes-type.ts';
export type { HoleValue, NotAllowed } from './values/hole-type.ts';
export type { TrustedResourceUrl } from './values/resource-url-type.ts';
export type { LateHtml, SafeHtml } from './values/safe-html.ts';
export type { SafeScript } from './values/safe-script-type.ts';
export type { SafeStyle } from './values/safe-style-type.ts';
export type { SafeUrl } from './values/safe-url-type.ts';
export type { ClassValue } from './values/write-class.ts';
export type { ImageCandidate } from './values/write-srcset.ts';
export type { StyleRecord } from './values/write-style.ts';
