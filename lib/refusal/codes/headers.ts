export const headersCodes = {
  /**
   * Header values are printable ASCII on one line. A line break would start a header of its own (CWE-113).
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
   * Browsers ignore a value that they can't read, and the header with it: `X-Frame-Options: ALLOW-FROM ...` lets everybody
   * frame the page. The same goes for a feature of `Permissions-Policy` that there is none of, such as `camara`.
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
    hint: 'The sentence after this one names the header and what it takes.',
  },
  /**
   * A JSONP answer is a script with the caller's choice of a function in front: every site can load it with the user's
   * cookies and read it, and where your origin is a source of scripts it is a way around the Content-Security-Policy. Answer
   * with JSON, and name in `Access-Control-Allow-Origin` who may read it.
   *
   * ```text
   * app.get('/api/me', (req, res) => res.jsonp(user));
   * ```
   */
  'headers/jsonp': {
    kind: 'misuse',
    message: 'A response was to be sent as JSONP, which any site can read.',
    hint: 'Use `res.json` and CORS; or, knowing what it costs, set `allowJsonp`.',
  },
} as const;
