/**
 * The payloads that the guards are tested with, as data for tests of your own: what each is for, and beside them what
 * only looks like an attack and must go through.
 *
 * @module
 */
export { legitimateDocuments } from './corpus/rich-text.ts';
export {
  type LegitimateText,
  legitimateTexts as legitimateSqlTexts,
  type SqlKind,
  type SqlPayload,
  sqlPayloads,
} from './corpus/sql.ts';
export {
  type LegitimateUrl,
  legitimateUrls,
  type SsrfKind,
  type SsrfPayload,
  ssrfPayloads,
} from './corpus/ssrf.ts';
export {
  legitimateLinks,
  legitimateRichTexts,
  legitimateTexts as legitimateHtmlTexts,
  type RichText,
  type XssKind,
  type XssPayload,
  xss as xssPayloads,
} from './corpus/xss.ts';
export { type SanitizerPayload, sanitizerXss as sanitizerPayloads } from './corpus/xss-sanitizer.ts';
