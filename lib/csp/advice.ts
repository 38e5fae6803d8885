import type { CspViolation } from './csp-violation.ts';
import { originOf } from './report-url.ts';
import { sourceHash } from './source-hash.ts';

/** What to do about a violation that a source must not answer; undefined where a source may. */
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

/** Where a host shows, plays, receives or frames something, and nothing runs in the page by it. */
const suggested: ReadonlySet<string> = new Set([
  ...['connect-src', 'font-src', 'form-action', 'frame-src', 'img-src', 'manifest-src', 'media-src'],
  ...['style-src', 'style-src-elem', 'style-src-attr'],
]);

const words: ReadonlyMap<string, string> = new Map([
  [
    'eval',
    'Text is run as code (eval, new Function, a string in setTimeout). Replace that; it is no matter of the policy.',
  ],
  ['wasm-eval', "WebAssembly is compiled. If it is yours, add 'wasm-unsafe-eval' to script-src."],
  [
    'trusted-types-sink',
    'A string reaches innerHTML or the like. Use textContent, or a Trusted Types policy.',
  ],
  [
    'trusted-types-policy',
    'A script makes a Trusted Types policy. If it is yours, name it in trustedTypesPolicies.',
  ],
]);

const others: ReadonlyMap<string, string> = new Map([
  [
    'default-src',
    'Browsers of today name the directive that decided, and never this one: an old browser, or somebody made it up.',
  ],
  ['child-src', 'Name what is framed in frame-src; a worker comes from a file of your own origin.'],
  ['worker-src', 'Load the worker from a file of your own origin.'],
  ['object-src', 'Replace the plug-in: an <iframe> or a link shows a PDF as well.'],
  ['base-uri', 'Write absolute URLs instead of <base>. If the page has none, somebody injected it.'],
  ['frame-ancestors', 'Another site shows the page in a frame. If it may, name it in frame-ancestors.'],
  ['sandbox', 'The sandbox that was asked for stopped it.'],
]);

function inlineAdvice({ directive, sample }: CspViolation): string {
  if (directive === 'script-src-attr') {
    return 'An inline event handler or a javascript: URL. If it is yours, use addEventListener.';
  }
  if (directive === 'style-src-attr') {
    return 'A style attribute. If it is yours, use a class, or leave style-src-attr as it is by default.';
  }
  const element = directive.startsWith('style') ? '<style>' : '<script>';
  // Browsers cut the sample at 40 characters, so that a shorter one is the whole.
  const whole = sample !== undefined && sample.length < 40 && !sample.includes('\\u');
  const hash = whole ? `, or list ${sourceHash(sample)}` : ', or list its hash (sourceHash)';
  return `An inline ${element}. If it is yours, give it the nonce${hash}.`;
}

function scriptAdvice(blocked: string): string {
  return /^(?:data|blob|filesystem):/.test(blocked)
    ? `A script from ${blocked}, which holds any text. Put it into a file of its own.`
    : `A script from ${originOf(blocked)}. If it is yours, give its <script> the nonce, or load it from a script that has it.`;
}
