/** What the request said about where it comes from. */
interface SourceDetail {
  readonly method: string;
  readonly path: string;
  /** The header `Sec-Fetch-Site`, empty where there was none. */
  readonly site: string;
  /** The header `Origin`, empty where there was none. */
  readonly origin: string;
}

export interface CsrfDetail {
  'csrf/cross-site': SourceDetail;
  'csrf/origin-mismatch': SourceDetail & { readonly expected: string };
  'csrf/foreign-socket': SourceDetail & { readonly expected: string };
  'csrf/token-missing': SourceDetail;
  'csrf/token-invalid': SourceDetail & { readonly reason: string };
}

export const csrfCodes = {
  /**
   * The browser says in `Sec-Fetch-Site` that a page of another origin sent this request, or that no page did. A page cannot set or
   * change that header. `same-site` is refused too: a sibling subdomain may belong to someone else, or have its own vulnerability.
   *
   * If you trust the other origin with your users' accounts, list it. If it needs only one route, such as the one that an identity
   * provider posts its response to, list it with the path:
   *
   * ```ts
   * import { csrf } from 'bulwark/csrf';
   *
   * csrf({
   *   allowOrigins: [
   *     'https://admin.example.com',
   *     { origin: 'https://login.example.net', paths: ['/saml/acs'] },
   *   ],
   * });
   * ```
   *
   * `none` on a request that changes something comes from a browser extension or another program, never from a page of yours.
   */
  'csrf/cross-site': {
    kind: 'refusal',
    status: 403,
    severity: 'medium',
    cwe: 352,
    owasp: 'A01:2025',
    reportable: true,
    message: 'A request was refused, because a page of another origin sent it.',
    hint: 'If you trust that origin, list it in `allowOrigins`.',
  },
  /**
   * The browser sent no `Sec-Fetch-Site`, and its `Origin` is not the application's own. Either it is an attack, or the application is wrong
   * about its own origin. That happens behind a proxy: the browser uses `https://shop.example.com`, and the application sees
   * `http://10.0.0.7:3000`. `detail` has both origins, and outside production the hint names them too.
   *
   * Browsers send `Sec-Fetch-Site` only over https and to localhost, so on any other plain-HTTP host `Origin` decides. Set the origin:
   *
   * ```ts
   * import { csrf } from 'bulwark/csrf';
   *
   * csrf({ origin: 'https://shop.example.com' });
   * ```
   */
  'csrf/origin-mismatch': {
    kind: 'refusal',
    status: 403,
    severity: 'medium',
    cwe: 352,
    owasp: 'A01:2025',
    reportable: true,
    message: "A request was refused, because its Origin header is not the application's own origin.",
    hint: 'Compare `origin` and `expected` in the event. If both are yours, set `origin`, or `trustedProxies` behind a proxy.',
  },
  /**
   * A page of another origin opened a WebSocket (cross-site WebSocket hijacking). Browsers send the session's cookie with the
   * handshake and let any page read what comes back, as CORS doesn't apply. Every browser sends `Origin`, which must be
   * the application's own or a listed one.
   *
   * ```ts
   * import { csrf } from 'bulwark/csrf';
   *
   * csrf({ origin: 'https://shop.example.com', allowOrigins: ['https://admin.example.com'] });
   * ```
   */
  'csrf/foreign-socket': {
    kind: 'refusal',
    status: 403,
    owasp: 'A01:2025',
    reportable: true,
    severity: 'high',
    cwe: 1385,
    message: 'A WebSocket was refused, because a page of another origin opened it.',
    hint: 'If you trust that origin, list it in `allowOrigins`. If it is your own, set `origin`.',
  },
  /**
   * A request with the session's cookie, or one that logs someone in, has neither `Sec-Fetch-Site` nor a usable `Origin`. Then
   * only a token can prove that your own page sent it, and there is none. It comes from an old browser; from a form on a page with
   * `Referrer-Policy: no-referrer`, which makes browsers send `Origin: null`; or from a program that keeps cookies, such as a native app. Your
   * own program can send your origin in `Origin`.
   *
   * Put the token into the form, or into the header `x-csrf-token`:
   *
   * ```ts
   * import { csrf } from 'bulwark/csrf';
   * import { html, type SafeHtml } from 'bulwark/html';
   * import { keyring } from 'bulwark/secrets';
   * import type { IncomingMessage } from 'node:http';
   *
   * const guard = csrf({ keys: keyring(process.env['APP_SECRET'] ?? '') });
   * export const form = (req: IncomingMessage, binding: string): SafeHtml =>
   *   html`<form method="post">${guard.field(html, req, { session: { binding, hasCookie: true } })}</form>`;
   * ```
   */
  'csrf/token-missing': {
    kind: 'refusal',
    status: 403,
    severity: 'medium',
    cwe: 352,
    owasp: 'A01:2025',
    reportable: true,
    message: 'A request was refused, because nothing shows which page sent it, and it has no CSRF token.',
    hint: 'Add `csrf.field(...)` to the form. Keep Referrer-Policy at `same-origin`, so that browsers send Origin.',
  },
  /**
   * The token isn't valid for this session: the user has logged in or out since the page was loaded, the key is no longer
   * in the keyring, or the token is forged. `reason` in the event says which. Reloading the page gives a new token.
   *
   * Two `__Host-csrf` cookies in one request count as forged, because the server can't tell which one is its own (cookie tossing).
   *
   * ```ts
   * import { csrf } from 'bulwark/csrf';
   * import { keyring } from 'bulwark/secrets';
   *
   * csrf({ keys: keyring(process.env['APP_SECRET'] ?? '', process.env['APP_SECRET_BEFORE'] ?? '') });
   * ```
   */
  'csrf/token-invalid': {
    kind: 'refusal',
    status: 403,
    severity: 'medium',
    cwe: 352,
    owasp: 'A01:2025',
    reportable: true,
    message: 'A request was refused, because its CSRF token is not valid for this session.',
    hint: 'Reload the page. If it keeps happening, check that all servers have the same keys.',
  },
} as const;
