/** What browsers read of each header that has a closed list of values; anything else they ignore. */
export const knownValues: ReadonlyMap<string, RegExp> = new Map([
  ['cross-origin-embedder-policy', /^(?:unsafe-none|require-corp|credentialless)(?:; ?report-to="[\w-]+")?$/],
  [
    'cross-origin-opener-policy',
    /^(?:unsafe-none|same-origin|same-origin-allow-popups|noopener-allow-popups)(?:; ?report-to="[\w-]+")?$/,
  ],
  ['cross-origin-resource-policy', /^(?:same-origin|same-site|cross-origin)$/],
  ['origin-agent-cluster', /^\?[01]$/],
  // A list: browsers take the last one that they know.
  [
    'referrer-policy',
    /^(?:(?:no-referrer|no-referrer-when-downgrade|origin|origin-when-cross-origin|same-origin|strict-origin|strict-origin-when-cross-origin|unsafe-url)(?:, ?(?!$)|$))+$/,
  ],
  // Each once, in any order, the age in quotes or without (RFC 6797, 6.1).
  [
    'strict-transport-security',
    /^(?!.*\b(max-age|includeSubDomains|preload)\b.*\b\1\b)(?=.*\bmax-age\b) *(?:(?:max-age=(?:\d{1,10}|"\d{1,10}")|includeSubDomains|preload)? *(?:; *|$))+$/i,
  ],
  ['x-content-type-options', /^nosniff$/i],
  ['x-dns-prefetch-control', /^(?:on|off)$/i],
  ['x-download-options', /^noopen$/i],
  ['x-frame-options', /^(?:DENY|SAMEORIGIN)$/i],
  ['x-permitted-cross-domain-policies', /^(?:none|master-only|by-content-type|by-ftp-filename|all)$/i],
  ['x-xss-protection', /^(?:0|1(?:; ?mode=block)?)$/],
]);
