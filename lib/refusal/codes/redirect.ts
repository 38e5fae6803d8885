export interface RedirectDetail {
  'redirect/unsafe-target': { readonly target: string; readonly reason: string };
}

export const redirectCodes = {
  /**
   * A redirect target from the request, such as `?next=`, would have led to another site, or was not usable text. Attackers send links to
   * your log-in page that redirect to a copy of it on their own site (open redirect, CWE-601). Checks such as `startsWith('/')`, or a comparison of
   * host names, miss `//evil.example`, `/\evil.example`, `/.//evil.example` and `https://shop.example.com@evil.example` (CVE-2024-29041,
   * CVE-2025-68470, CVE-2026-40181). Here the target is parsed as browsers parse it.
   *
   * ```ts
   * import { safeRedirect } from 'bulwark/redirect';
   *
   * safeRedirect('/\\evil.example', { fallback: '/' }); // '/', and an event
   * safeRedirect('/orders?page=2', { fallback: '/' }); // '/orders?page=2'
   * ```
   */
  'redirect/unsafe-target': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 601,
    owasp: 'A01:2025',
    message:
      'A redirect was refused, because its target is neither a path of this application nor on a listed origin.',
    hint: 'If the target is yours, list its origin in `origins`. Give a `fallback` to redirect there instead.',
  },
  /**
   * The template of `redirectTo` must fix where the redirect leads: it begins with a single slash, or with an http or https origin and
   * a path. A value in the host could choose the site. Control characters, and a call with a plain string, are refused too.
   *
   * ```ts
   * import { redirectTo } from 'bulwark/redirect';
   *
   * redirectTo`/users/${42}`; // '/users/42'
   * redirectTo`https://accounts.example.com/users/${42}`; // not `https://${host}/users/42`
   * ```
   */
  'redirect/invalid-template': {
    kind: 'misuse',
    message: 'The template of a redirect does not begin with a fixed path or origin.',
    hint: 'Begin the template with `/`, or with an origin and a slash. For a target from a request, use `safeRedirect`.',
  },
} as const;
