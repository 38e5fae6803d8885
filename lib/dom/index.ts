/// <reference lib="dom" preserve="true" />
// The types are the browser's: a project that has no "dom" among its libraries gets them with this import.
/**
 * The page's own code, without DOM-based XSS: setters that take untrusted text, markup and URLs, a Trusted Types policy
 * for what calls other sinks, and the way back for data that the server wrote. For browsers, of a few kilobytes.
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
