import { type HeaderOptions, headerChanges } from './header-changes.ts';

/** Based on https://owasp.org/www-project-secure-headers/ */
const defaults: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=(), browsing-topics=()',
  // Not no-referrer: under that, browsers send `Origin: null` with the forms of one's own pages.
  'Referrer-Policy': 'same-origin',
  // Browsers ignore it on plain HTTP (RFC 6797, 8.1), so development on localhost still works.
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
  // The XSS filter of old browsers created holes itself; 0 turns it off.
  'X-XSS-Protection': '0',
};

/**
 * Returns the security headers for responses. Call it once at startup.
 *
 * @returns frozen pairs of name and value
 * @throws Misuse `headers/invalid-header` for names and values that HTTP doesn't allow, `headers/invalid-value` for values that
 * browsers ignore
 *
 * @example
 * ```ts
 * import { securityHeaders } from 'bulwark/headers';
 *
 * const headers = securityHeaders({ 'X-Frame-Options': 'SAMEORIGIN', 'X-Download-Options': false });
 * headers.find(([name]) => name === 'X-Frame-Options'); // ['X-Frame-Options', 'SAMEORIGIN']
 * ```
 */
export function securityHeaders(options: HeaderOptions = {}): readonly (readonly [string, string])[] {
  const headers = new Map(
    Object.entries(defaults).map(([name, value]) => [
      name.toLowerCase(),
      Object.freeze([name, value] as const),
    ]),
  );
  for (const [name, value] of headerChanges(options)) {
    if (value === false) headers.delete(name.toLowerCase());
    else headers.set(name.toLowerCase(), Object.freeze([name, value] as const));
  }
  return Object.freeze([...headers.values()]);
}
