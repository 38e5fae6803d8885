export interface SessionCookieDetail {
  'session/seal-rejected': { readonly reason: string };
  'session/seal-expired': { readonly reason: string };
  'session/old-cookie-rejected': { readonly kind: string; readonly reason: string };
  'session/old-cookie-replayed': { readonly kind: string };
}

export const sessionCookieCodes = {
  /**
   * A sealed session cookie was not accepted, and the request was treated as having no session. `reason` says why: `malformed`, it is not a
   * seal; `unknown-key`, its key is not in the keyring; `not-authentic`, it was changed, or was sealed for another cookie or purpose
   * (CWE-565); `from-the-future`, its time is ahead of this server's clock; `unreadable`, its content is not a
   * session; `revoked`, `revokeAll` has ended it.
   *
   * ```text
   * {"code":"session/seal-rejected","action":"blocked","evidence":{"reason":"not-authentic"}}
   * ```
   */
  'session/seal-rejected': {
    kind: 'notice',
    severity: 'low',
    cwe: 565,
    owasp: 'A07:2025',
    message: 'A sealed session cookie was rejected. The request was treated as having no session.',
    hint: 'If you have just rotated the key, keep the previous one until its sessions have expired. Otherwise someone is tampering with cookies.',
  },
  /**
   * A sealed session cookie arrived after its idle or absolute expiry (CWE-613). Usually a tab was left open. Many
   * old ones from one client may be cookies that were stolen earlier.
   *
   * ```text
   * {"code":"session/seal-expired","action":"blocked","evidence":{"reason":"absolute"}}
   * ```
   */
  'session/seal-expired': {
    kind: 'notice',
    severity: 'low',
    cwe: 613,
    owasp: 'A07:2025',
    message: 'A sealed session cookie had expired. The request was treated as having no session.',
    hint: 'You need do nothing, unless one client sends many of them.',
  },
  /**
   * A cookie of the previous session library was not accepted, and was removed: it was malformed, its signature was wrong, or it had expired
   * (CWE-345). A wrong signature can also mean that a secret is missing in `secrets`. With the reason `revoked`, `revokeAll` or
   * `revokeOthers` had ended the user's sessions (CWE-613): someone has a copy of the cookie, or the user returned in a browser that
   * was logged in before.
   *
   * ```text
   * {"code":"session/old-cookie-rejected","action":"blocked","evidence":{"kind":"cookie-session","reason":"not-authentic"}}
   * ```
   */
  'session/old-cookie-rejected': {
    kind: 'notice',
    severity: 'low',
    cwe: 345,
    owasp: 'A07:2025',
    message: 'A cookie of the previous session library was rejected.',
    hint: 'If there are many `not-authentic` ones after a deployment, check that `secrets` has all secrets that the previous library used.',
  },
  /**
   * A cookie of the previous session library was sent again after its session had been migrated (CWE-294). The request was treated as having no
   * session. Either someone has a copy of the cookie, or a browser sent two requests with it at the same moment: only one of those
   * migrates the session.
   *
   * ```text
   * {"code":"session/old-cookie-replayed","action":"blocked","evidence":{"kind":"iron-session"}}
   * ```
   */
  'session/old-cookie-replayed': {
    kind: 'notice',
    severity: 'medium',
    cwe: 294,
    owasp: 'A07:2025',
    message: 'A cookie of the previous session library was used a second time. It opened no session.',
    hint: 'Single events right after a migration are parallel requests. Later ones are copies: check the client address.',
  },
} as const;
