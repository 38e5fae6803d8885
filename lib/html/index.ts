/**
 * HTML in which every value is escaped for the place it stands in, and a sanitiser for markup that people write.
 *
 * @module
 */

export type { Attributes } from './attributes-type.ts';
export { attrs } from './attrs.ts';
export { checkTemplates, type SourceTemplate, type TemplateFinding } from './check-templates.ts';
export { createSanitizer, type Sanitizer, type SanitizerOptions } from './create-sanitizer.ts';
export { escape } from './escape-for-engine.ts';
export type { HoleValue, NotAllowed } from './hole-type.ts';
export { html } from './html.ts';
export { type HtmlResponseOptions, htmlResponse } from './html-response.ts';
export { inlineHashes } from './inline-hashes.ts';
export { type Preset, type PresetName, type PresetOptions, preset } from './preset.ts';
export { type RenderOptions, render } from './render.ts';
export { renderToStream, type StreamOptions } from './render-to-stream.ts';
export { resourceUrl } from './resource-url.ts';
export type { TrustedResourceUrl } from './resource-url-type.ts';
export type { LateHtml, SafeHtml } from './safe-html.ts';
export { safeScript } from './safe-script.ts';
export type { SafeScript } from './safe-script-type.ts';
export { safeStyle } from './safe-style.ts';
export type { SafeStyle } from './safe-style-type.ts';
export { safeUrl } from './safe-url-tag.ts';
export type { SafeUrl } from './safe-url-type.ts';
export { type SanitizeReport, sanitize, sanitizeWithReport } from './sanitize.ts';
export type { Removed } from './sanitizer/removal.ts';
export { type HtmlTarget, sendHtml } from './send-html.ts';
export type { ClassValue } from './write-class.ts';
export type { ImageCandidate } from './write-srcset.ts';
export type { StyleRecord } from './write-style.ts';
