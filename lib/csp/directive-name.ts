/** https://www.w3.org/TR/CSP3/#csp-directives and the specifications that add to it; read in November 2026. */
const names: ReadonlySet<string> = new Set([
  ...['default-src', 'script-src', 'script-src-elem', 'script-src-attr', 'style-src', 'style-src-elem'],
  ...['style-src-attr', 'img-src', 'font-src', 'media-src', 'connect-src', 'frame-src', 'child-src'],
  ...['worker-src', 'manifest-src', 'object-src', 'prefetch-src', 'fenced-frame-src', 'base-uri'],
  ...['form-action', 'frame-ancestors', 'sandbox', 'report-uri', 'report-to', 'webrtc'],
  ...['require-trusted-types-for', 'trusted-types', 'upgrade-insecure-requests', 'block-all-mixed-content'],
]);

export function isDirectiveName(name: string): boolean {
  return names.has(name);
}

/** What a browser asks instead, where a directive is not there: the nearest first (CSP3, 6.8.3). */
const fallbacks: ReadonlyMap<string, readonly string[]> = new Map([
  ['script-src-elem', ['script-src', 'default-src']],
  ['script-src-attr', ['script-src', 'default-src']],
  ['style-src-elem', ['style-src', 'default-src']],
  ['style-src-attr', ['style-src', 'default-src']],
  ['frame-src', ['child-src', 'default-src']],
  ['fenced-frame-src', ['frame-src', 'child-src', 'default-src']],
  // A browser would ask script-src before default-src, but neither nonce nor 'strict-dynamic' mean anything to a worker.
  ['worker-src', ['child-src', 'default-src']],
]);

export function fallbacksOf(name: string): readonly string[] {
  return fallbacks.get(name) ?? (name.endsWith('-src') && name !== 'default-src' ? ['default-src'] : []);
}
