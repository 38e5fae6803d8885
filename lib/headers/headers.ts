import { type HeaderOptions, headerChanges } from './header-changes.ts';

/** What browsers can be told to refuse: https://owasp.org/www-project-secure-headers/ */
const defaults: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=(), browsing-topics=()',
  'Referrer-Policy': 'no-referrer',
  // Browsers ignore it on plain HTTP (RFC 6797, 8.1), so development on localhost goes on working.
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
  // The filter of old browsers made holes of its own; 0 switches it off.
  'X-XSS-Protection': '0',
};

/**
 * The security headers of a response, checked and frozen once at start.
 *
 * @returns pairs of name and value, frozen
 * @throws Misuse `headers/invalid-header` for what HTTP does not allow, `headers/invalid-value` for what browsers ignore
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
