export interface SecretsDetail {
  'secrets/weak-secret': { readonly name: string; readonly reason: string };
}

export const secretsCodes = {
  /**
   * A keyring derives every key from its master secret, so the master has at least 32 bytes, and nobody can guess it. Text counts as it
   * is written: 43 characters of base64url hold 32 random bytes. In production, placeholders, repeated characters and
   * values from documentation are refused too (CWE-1391, CWE-1394, CVE-2023-27524). The message never shows the secret.
   *
   * ```text
   * $ node -p "require('node:crypto').randomBytes(32).toString('base64url')"
   * ```
   */
  'secrets/weak-key': {
    kind: 'misuse',
    message: 'A master secret is too short or guessable.',
    hint: "Create one: node -p \"require('node:crypto').randomBytes(32).toString('base64url')\"",
  },
  /**
   * The application runs with a secret that production would refuse: `reason` says why. Outside production, an example value
   * is convenient and harmless. Check that `NODE_ENV` is `production` where real users are.
   *
   * ```text
   * {"code":"secrets/weak-secret","action":"reported","evidence":{"name":"SESSION_KEY","reason":"repeats a few characters"}}
   * ```
   */
  'secrets/weak-secret': {
    kind: 'notice',
    severity: 'low',
    cwe: 1391,
    owasp: 'A02:2025',
    message: 'A secret is guessable. In production it would be refused.',
    hint: 'Replace it with a random value before the application serves real users.',
  },
} as const;
