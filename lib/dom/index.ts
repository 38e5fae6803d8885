/// <reference lib="dom" preserve="true" />
// The types are the browser's. A project without "dom" in its libraries gets them through this import.
/**
 * Prevents DOM-based XSS in the page's own code: setters for untrusted text, markup and URLs, a Trusted Types policy
 * for code that uses other sinks, and a reader for JSON that the server wrote into the page. For browsers; a few kilobytes.
 *
 * @module
 */

export type { HtmlOptions } from './clean.ts';
export { DomMisuse, type DomMisuseCode, DomRefusal, type DomRefusalCode } from './dom-error.ts';
export { type Found, on } from './on.ts';
export { type JsonSchema, readJson } from './read-json.ts';
export { setAttribute } from './set-attribute.ts';
export { setHtml } from './set-html.ts';
export { setText } from './set-text.ts';
export { setAction, setHref, setSrc, setUrl } from './set-url.ts';
export type { TextValue } from './text-of.ts';
export {
  createTrustedTypesPolicy,
  type DefaultPolicyOptions,
  type DomPolicy,
  installDefaultPolicy,
  type PolicyOptions,
} from './trusted-types.ts';
