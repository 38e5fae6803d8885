export const headersCodes = {
  /**
   * Header values are printable ASCII on one line. A line break would inject another header (CWE-113).
   *
   * ```ts
   * import { securityHeaders } from 'bulwark/headers';
   *
   * securityHeaders({ 'Referrer-Policy': 'strict-origin' });
   * ```
   */
  'headers/invalid-header': {
    kind: 'misuse',
    message: 'A security header has a name or a value that HTTP does not allow.',
    hint: 'Names are letters, digits and hyphens; values are printable ASCII on one line.',
  },
  /**
   * Browsers ignore a header whose value they can't parse: `X-Frame-Options: ALLOW-FROM ...` lets every site frame the page. The
   * same goes for an unknown `Permissions-Policy` feature, such as `camara`.
   *
   * ```ts
   * import { permissionsPolicy, securityHeaders, strictTransportSecurity } from 'bulwark/headers';
   *
   * securityHeaders({
   *   'X-Frame-Options': 'SAMEORIGIN',
   *   'Permissions-Policy': permissionsPolicy({ geolocation: ['self', 'https://maps.example.com'] }),
   *   'Strict-Transport-Security': strictTransportSecurity({ maxAge: 63_072_000, preload: true }),
   * });
   * ```
   */
  'headers/invalid-value': {
    kind: 'misuse',
    message: 'A security header has a value that browsers ignore.',
    hint: 'The error message names the header and what it takes.',
  },
  /**
   * A JSONP response is a script that calls a function of the caller's choice. Every site can load it with the user's cookies and
   * read it, and if the Content-Security-Policy allows scripts from your origin, it is a bypass. Send JSON, and use
   * `Access-Control-Allow-Origin` to name who may read it.
   *
   * ```text
   * app.get('/api/me', (req, res) => res.jsonp(user));
   * ```
   */
  'headers/jsonp': {
    kind: 'misuse',
    message: 'A route tried to send JSONP, which any site can read.',
    hint: 'Use `res.json` and CORS, or set `allowJsonp` and accept the risk.',
  },
} as const;
