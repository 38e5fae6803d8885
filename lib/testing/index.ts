/**
 * The payloads that the guards are tested with, as data: what each is for, and beside them what only looks like an attack
 * and must go through. And oracles for tests of your own, under any runner: they throw an `AssertionError` of
 * `node:assert` with what was sent, where, and what happened.
 *
 * @module
 */

export { fileNames as legitimateFileNames } from './corpus/file-names.ts';
export { type PathAttack, type PathAttackKind, pathAttacks as pathPayloads } from './corpus/path.ts';
export { type RedirectAttack, redirectAttacks as redirectPayloads } from './corpus/redirect.ts';
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
export { expectNoEgress, type NoEgressOptions } from './egress/expect-no-egress.ts';
export { expectRefusal, type RefusalPattern } from './expect-refusal.ts';
export type { Answering, HttpAnswer } from './http/answer.ts';
export { type CorsRefusedOptions, type CorsRequest, expectCorsRefused } from './http/expect-cors-refused.ts';
export { type CsrfRefusedOptions, type CsrfRequest, expectCsrfRefused } from './http/expect-csrf-refused.ts';
export {
  type CookieRequest,
  expectFreshSession,
  type FreshSessionOptions,
} from './http/expect-fresh-session.ts';
export { expectLimited, type LimitedOptions, type LimitedResult } from './http/expect-limited.ts';
export { expectNoLeak, type NoLeakOptions } from './http/expect-no-leak.ts';
export { expectNoOpenRedirect, type NoOpenRedirectOptions } from './http/expect-no-open-redirect.ts';
export { expectSecureCookie, type SecureCookieOptions } from './http/expect-secure-cookie.ts';
export { expectInert, type InertOptions, type InertRenderOptions } from './markup/expect-inert.ts';
export type { BrowserPage } from './markup/in-page.ts';
export { expectNoInjection, type NoInjectionOptions } from './sql/expect-no-injection.ts';
