export interface SessionCookieDetail {
  'session/seal-rejected': { readonly reason: string };
  'session/seal-expired': { readonly reason: string };
  'session/old-cookie-rejected': { readonly kind: string; readonly reason: string };
  'session/old-cookie-replayed': { readonly kind: string };
}

export const sessionCookieCodes = {
  /**
   * A sealed session cookie was not accepted, and the request was treated as one without a session. `reason` says why: `malformed`, it is no
   * seal; `unknown-key`, its key is not in the keyring; `not-authentic`, it was changed, or was sealed for another cookie or purpose
   * (CWE-565); `from-the-future`, it was made later than the clock of this server allows; `unreadable`, its content is not a
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
    message: 'A sealed session cookie was rejected. The request was treated as one without a session.',
    hint: 'After a change of keys, keep the previous key until its sessions have expired. Otherwise somebody changes cookies.',
  },
  /**
   * A sealed session cookie came after its idle or absolute expiry (CWE-613). Mostly it is a tab that stood open. Many
   * old ones from one client may be cookies that were stolen a while ago.
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
    message: 'A sealed session cookie had expired. The request was treated as one without a session.',
    hint: 'Nothing to do, unless one client sends many of them.',
  },
  /**
   * A cookie of the former session library was not accepted, and was removed: it was malformed, its signature was wrong, or it had expired
   * (CWE-345). A wrong signature can also mean that a secret is missing in `secrets`.
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
    message: 'A cookie of the former session library was rejected.',
    hint: 'If there are many after a deployment, check that `secrets` has all secrets that the former library used.',
  },
  /**
   * A cookie of the former session library came again after its session had been migrated (CWE-294). The request was treated as one without a
   * session. It is a copy of the cookie, or one of two requests that a browser sent at the same moment with the old cookie: only one of those
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
    message: 'A cookie of the former session library was used a second time. It opened no session.',
    hint: 'Single events right after a migration are parallel requests. Later ones are copies: look at the client address.',
  },
} as const;
