export const cspCodes = {
  /**
   * Directive names are lower-case words; sources hold no space, comma, semicolon or control character, and keywords
   * carry their single quotes. A source that ends its directive would rewrite the policy.
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
   * `'unsafe-inline'`, `'unsafe-eval'` and wildcard sources let an injected script run, which is what the policy is for.
   * Give the page's own scripts the nonce instead.
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
    message: 'A source of the Content-Security-Policy would let an injected script run.',
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
} as const;
