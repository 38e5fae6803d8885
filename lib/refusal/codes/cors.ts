export interface CorsDetail {
  'cors/preflight-refused': { readonly origin: string; readonly method: string; readonly reason: string };
}

export const corsCodes = {
  /**
   * A browser asked whether a page of `origin` may send a request, and the answer was no. `reason` says what is not
   * allowed: `origin`, `method`, or a `header` with its name. If the page is yours, extend the policy of the route. If not,
   * another site's page tried to use your application with its visitors' rights (CWE-346), or a developer is trying out your API.
   *
   * ```ts
   * import { cors } from 'bulwark/cors';
   *
   * cors({ origins: ['https://app.example.com'], methods: ['GET', 'PUT'], headers: ['Content-Type', 'Authorization'] });
   * ```
   */
  'cors/preflight-refused': {
    kind: 'refusal',
    status: 403,
    severity: 'low',
    cwe: 346,
    owasp: 'A01:2025',
    message: 'A CORS preflight was refused, because its origin, method or a header is not allowed.',
    hint: 'If the page is yours, add its origin, method or header to the options of `cors`.',
  },
  /**
   * The policy would let any site read responses, with the user's cookies if credentials are allowed (CWE-942). `null` is the
   * origin of any sandboxed frame, so it allows every site. Regular expressions and functions often
   * match `evilexample.com` or `example.com.evil.example` by mistake, or reflect every origin. Under names such as
   * `github.io`, anyone can register a subdomain.
   *
   * ```ts
   * import { cors } from 'bulwark/cors';
   *
   * cors({ origins: ['https://app.example.com', '*.example.com'], allowCredentials: true });
   * cors({ origins: '*' }); // public data, without cookies
   * ```
   */
  'cors/unsafe-origin': {
    kind: 'misuse',
    message: 'The CORS policy would let untrusted sites read responses.',
    hint: "List exact origins, or '*.example.com' for your own subdomains. Use '*' alone, for public data without credentials.",
  },
} as const;
