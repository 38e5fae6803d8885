export interface RequestDetail {
  'request/invalid-host': { readonly host: string; readonly reason: string };
  'request/body-too-large': { readonly announced: number; readonly maxBodyBytes: number };
}

export const requestCodes = {
  /**
   * `Host` says which site the client means. Caches, proxies and links in mail rely on it, so two readings of one request
   * are a way in (CWE-444, web cache poisoning, password-reset poisoning). RFC 9112, section 3.2, answers 400 to a second
   * `Host` line and to a malformed value. A request target with a host of its own must name the same host.
   *
   * ```text
   * GET / HTTP/1.1
   * Host: shop.example.com
   * Host: evil.example
   * ```
   */
  'request/invalid-host': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 444,
    owasp: 'A02:2025',
    message:
      'A request was refused, because its Host header is repeated or malformed, or names another host than its target.',
    hint: 'Browsers and proxies send one valid Host. If your own proxy sent this one, correct its configuration.',
  },
  /**
   * The client announced a larger body in `Content-Length` than the application takes. The request is refused before any of the body is
   * read, and the connection is closed. Raise `maxBodyBytes` for the route that takes large uploads, not for all.
   *
   * ```ts
   * import { bulwark } from 'bulwark/express';
   *
   * bulwark({ maxBodyBytes: (req) => (req.url?.startsWith('/import/') ? 20_000_000_000 : 10_000_000) });
   * ```
   */
  'request/body-too-large': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A request was refused, because its announced body is larger than the limit.',
    hint: 'If the upload is legitimate, raise `maxBodyBytes` for its route.',
  },
} as const;
