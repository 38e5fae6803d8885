import type { CspViolation } from './csp-violation.ts';
import { originOf } from './report-url.ts';
import { sourceHash } from './source-hash.ts';

/** What to do about a violation that must not be solved by adding a source; undefined if a source may be added. */
export function adviceFor(violation: CspViolation): string | undefined {
  const { directive, blocked } = violation;
  if (blocked === 'inline') return inlineAdvice(violation);
  const advice =
    words.get(blocked) ?? (directive.startsWith('script-src') ? scriptAdvice(blocked) : undefined);
  if (advice !== undefined || suggested.has(directive)) return advice;
  return (
    others.get(directive) ?? `No source is suggested for ${directive}. If it is needed, write it by hand.`
  );
}

/** Directives for which a host is suggested: nothing from it runs in the page. */
const suggested: ReadonlySet<string> = new Set([
  ...['connect-src', 'font-src', 'form-action', 'frame-src', 'img-src', 'manifest-src', 'media-src'],
  ...['style-src', 'style-src-elem', 'style-src-attr'],
]);

const words: ReadonlyMap<string, string> = new Map([
  [
    'eval',
    'Text is run as code (eval, new Function, a string in setTimeout). Change the code, not the policy.',
  ],
  ['wasm-eval', "WebAssembly is compiled. If it is yours, add 'wasm-unsafe-eval' to script-src."],
  [
    'trusted-types-sink',
    'A string reaches innerHTML or a similar sink. Use textContent, or a Trusted Types policy.',
  ],
  [
    'trusted-types-policy',
    'A script creates a Trusted Types policy. If it is yours, list it in trustedTypesPolicies.',
  ],
]);

const others: ReadonlyMap<string, string> = new Map([
  [
    'default-src',
    'Current browsers never report this directive, but the specific one. The report is from an old browser, or forged.',
  ],
  ['child-src', 'List framed sites in frame-src, and load workers from a file on your own origin.'],
  ['worker-src', 'Load the worker from a file on your own origin.'],
  ['object-src', 'Replace the plug-in. A PDF can be shown in an <iframe>, or linked.'],
  ['base-uri', 'Use absolute URLs instead of <base>. If the page has no <base>, it was injected.'],
  [
    'frame-ancestors',
    'Another site shows the page in a frame. If that is intended, list the site in frame-ancestors.',
  ],
  ['sandbox', 'The sandbox directive of the policy blocked it.'],
]);

function inlineAdvice({ directive, sample }: CspViolation): string {
  if (directive === 'script-src-attr') {
    return 'An inline event handler or a javascript: URL. If it is yours, use addEventListener.';
  }
  if (directive === 'style-src-attr') {
    return 'A style attribute. If it is yours, use a class, or keep the default of style-src-attr.';
  }
  const element = directive.startsWith('style') ? '<style>' : '<script>';
  // Browsers cut the sample at 40 characters, so that a shorter one is the whole.
  const whole = sample !== undefined && sample.length < 40 && !sample.includes('\\u');
  const hash = whole ? `, or list ${sourceHash(sample)}` : ', or list its hash (sourceHash)';
  return `An inline ${element}. If it is yours, give it the nonce${hash}.`;
}

function scriptAdvice(blocked: string): string {
  return /^(?:data|blob|filesystem):/.test(blocked)
    ? `A script from ${blocked}, which can hold any text. Move the script into a file.`
    : `A script from ${originOf(blocked)}. If it is yours, give its <script> the nonce, or load it from a script that has it.`;
}
