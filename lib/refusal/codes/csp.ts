export const cspCodes = {
  /**
   * Browsers ignore a directive or a keyword that they don't know, or don't heed in this directive, and what it should have
   * stopped is let through. Sources are schemes, hosts without user and query, and keywords in their single quotes; they
   * hold no space, comma or semicolon, as one that ends its directive would rewrite the policy, and `'none'` stands alone.
   * `sandbox`, `trusted-types`, `report-uri` and the like have words of their own.
   *
   * ```ts
   * import { csp } from 'bulwark/csp';
   *
   * csp({ directives: { 'connect-src': ["'self'", 'https://api.example.com'] } });
   * ```
   */
  'csp/invalid-directive': {
    kind: 'misuse',
    message: 'A directive or source of the Content-Security-Policy is not written as the standard wants it.',
    hint: 'One string a source, keywords in single quotes, no commas or semicolons.',
  },
  /**
   * `'unsafe-inline'`, `'unsafe-eval'` and wildcard sources let an injected script run, which is what the policy is for;
   * so does a policy without `base-uri`, `object-src` or `script-src`. Give the page's own scripts the nonce instead.
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
    hint: 'Put the nonce on your own scripts; or, knowing what it costs, set `allowUnsafeScripts`.',
  },
  /**
   * A nonce is 128 random bits or more in base64, new for each response. `currentRequest().nonce` is one.
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
   * A browser stopped something, or says what it would have stopped. `directive` said no to `blocked` on the page
   * `document`; URLs are without query string and fragment. One report means little, as anybody can send one and browser
   * extensions change pages too. Many from many pages are a policy that does not fit; a new one on a page that shows what
   * users wrote may be an attack that the policy has just stopped.
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
    message: 'A browser reported something that the Content-Security-Policy forbids.',
    hint: 'See whether it is yours; `suggestPolicy` says what to change then.',
  },
  /**
   * The policy of this page carries a nonce, and its headers allow a shared cache to store the page. Every visitor would
   * get the same nonce, and an attacker could read it and put it on an injected script (CWE-525). The page was sent as `private` instead, so
   * no shared cache keeps it. To cache the page, give its route a policy of hashes, which needs no nonce.
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
   * The endpoint takes 60 requests at once from one client, and then one a second; from all together 600, and then ten a
   * second (`maxPerClient`, `maxPerMinute`), because anybody can write to it. The rest is answered with 429 and counted here; what it said is lost.
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
    message: 'More reports of the Content-Security-Policy came than are taken.',
    hint: 'Look at `csp/violation` for a policy that does not fit; then raise the limits, or let a proxy stop the flood.',
  },
} as const;
