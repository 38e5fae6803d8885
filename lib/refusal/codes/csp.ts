export const cspCodes = {
  /**
   * Browsers ignore unknown directives, and keywords that have no meaning in a directive, so what these should have blocked is
   * let through. A source is a scheme, a host without user and query, or a keyword in single quotes. It contains no space, comma or
   * semicolon, because that would end the directive and rewrite the policy. `'none'` stands alone. `sandbox`, `trusted-types`,
   * `report-uri` and a few others have their own values.
   *
   * ```ts
   * import { csp } from 'bulwark/csp';
   *
   * csp({ directives: { 'connect-src': ["'self'", 'https://api.example.com'] } });
   * ```
   */
  'csp/invalid-directive': {
    kind: 'misuse',
    message: 'A directive or source of the Content-Security-Policy is invalid.',
    hint: 'Write one string per source, keywords in single quotes, without commas or semicolons.',
  },
  /**
   * `'unsafe-inline'`, `'unsafe-eval'` and wildcard sources let injected scripts run, which the policy exists to prevent.
   * So does a policy without `base-uri`, `object-src` or `script-src`. Give the page's own scripts the nonce instead.
   *
   * ```ts
   * import { html } from 'bulwark/html';
   * import { currentRequest } from 'bulwark/request';
   *
   * html`<script nonce="${currentRequest()?.nonce}" src="/app.js"></script>`;
   * ```
   */
  'csp/unsafe-scripts': {
    kind: 'misuse',
    message: 'The Content-Security-Policy would let an injected script run.',
    hint: 'Put the nonce on your own scripts, or set `allowUnsafeScripts` and accept the risk.',
  },
  /**
   * A nonce is at least 128 random bits in base64, new for each response. `currentRequest().nonce` provides one.
   *
   * ```ts
   * import { csp } from 'bulwark/csp';
   * import { currentRequest } from 'bulwark/request';
   *
   * const policy = csp();
   * const nonce = currentRequest()?.nonce;
   * if (nonce) policy.header(nonce);
   * ```
   */
  'csp/invalid-nonce': {
    kind: 'misuse',
    message: 'The nonce of the Content-Security-Policy is too short, or not base64.',
    hint: 'Use `currentRequest().nonce`.',
  },
  /**
   * A browser blocked something, or reports what it would have blocked: `directive` forbade `blocked` on the page `document`. URLs
   * come without query string and fragment. A single report means little, because anyone can send one and browser extensions change pages
   * too. Many reports from many pages mean that the policy doesn't fit. A new one on a page with user content may be an attack that the
   * policy has just blocked.
   *
   * ```text
   * {"code":"csp/violation","action":"blocked","count":12,"evidence":{"directive":"script-src-elem","blocked":"inline",
   *  "document":"https://shop.example.com/comments"}}
   * ```
   */
  'csp/violation': {
    kind: 'notice',
    severity: 'low',
    cwe: 79,
    owasp: 'A05:2025',
    message: 'A browser reported a violation of the Content-Security-Policy.',
    hint: 'Check whether it is your own code. If so, `suggestPolicy` says what to change.',
  },
  /**
   * The policy of this page carries a nonce, and its headers allow a shared cache to store the page. Every visitor would
   * get the same nonce, and an attacker could read it and put it on an injected script (CWE-525). The page was sent as `private` instead, so no shared
   * cache keeps it. To cache the page, give its route a policy of hashes, which needs no nonce.
   *
   * ```ts
   * import { sourceHash } from 'bulwark/csp';
   * import { bulwark, routeCsp } from 'bulwark/express';
   * import express from 'express';
   *
   * const app = express().use(bulwark());
   * const start = 'import("/app.js");';
   * const cached = routeCsp({
   *   directives: { 'script-src': [sourceHash(start), "'strict-dynamic'"], 'style-src': ["'self'"] },
   * });
   * app.get('/', cached, (_req, res) => {
   *   res.set('Cache-Control', 'public, max-age=600').send(`<!doctype html><script>${start}</script>`);
   * });
   * ```
   */
  'csp/shared-nonce': {
    kind: 'notice',
    severity: 'low',
    cwe: 525,
    owasp: 'A02:2025',
    message: 'A page with a nonce was marked as cacheable for everyone. It was sent as private instead.',
    hint: 'Drop `public`, `s-maxage` and `max-age` from this page, or give its route a policy of hashes.',
  },
  /**
   * Anyone can send reports, so the endpoint limits them: 60 requests at once from one client, then one a second; 600 from all
   * clients together, then ten a second (`maxPerClient`, `maxPerMinute`). The rest is answered with 429 and only counted here.
   *
   * ```text
   * {"code":"csp/reports-dropped","action":"blocked","count":940,"evidence":{}}
   * ```
   */
  'csp/reports-dropped': {
    kind: 'notice',
    severity: 'low',
    cwe: 778,
    owasp: 'A09:2025',
    message: 'Reports of Content-Security-Policy violations were dropped, because there were too many.',
    hint: 'Check `csp/violation` for a policy that does not fit. Otherwise raise the limits, or let a proxy stop the flood.',
  },
} as const;
