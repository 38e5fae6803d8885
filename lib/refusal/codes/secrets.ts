export interface SecretsDetail {
  'secrets/weak-secret': { readonly name: string; readonly reason: string };
  'secrets/readable-file': { readonly name: string; readonly file: string };
}

export const secretsCodes = {
  /**
   * Secrets are loaded once, when the application starts, so a missing one stops startup instead of failing a request. The message lists
   * every secret that is missing or invalid, and why, without any of their values. A secret that is set in two places is refused, because
   * it is unclear which value you mean.
   *
   * ```text
   * Misuse: Secrets are missing or invalid.
   *   DATABASE_URL is missing: set DATABASE_URL, or DATABASE_URL_FILE to the path of a file, or mount /run/secrets/DATABASE_URL.
   *   APP_KEY is a placeholder that was never replaced.
   * ```
   */
  'secrets/invalid': {
    kind: 'misuse',
    message: 'Secrets are missing or invalid.',
    hint: 'Fix each secret in the list. If a value is short or guessable and you cannot change it, set `allowWeak` for its name.',
  },
  /**
   * A keyring derives every key from its master secret, so the master must be unguessable and have at least 32 bytes. Text is used as it
   * is written, not decoded: 43 characters of base64url hold 32 random bytes. In production, placeholders, repeated characters and
   * values from documentation are refused too (CWE-1391, CWE-1394, CVE-2023-27524). The message never shows the secret.
   *
   * ```text
   * $ node -p "require('node:crypto').randomBytes(32).toString('base64url')"
   * ```
   */
  'secrets/weak-key': {
    kind: 'misuse',
    message: 'A master secret is too short or guessable.',
    hint: "Create one with `node -p \"require('node:crypto').randomBytes(32).toString('base64url')\"`.",
  },
  /**
   * The application runs with a secret that production would refuse: `reason` says why. Outside production, an example value
   * is convenient and harmless. Make sure that `NODE_ENV` is `production` wherever real users are.
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
  /**
   * Every user on the machine can read the file of this secret (CWE-732). In a container that runs one application this matters little,
   * and Docker and Kubernetes mount secrets like that by default. Elsewhere, make the application's user the owner, with mode 0400.
   *
   * ```text
   * {"code":"secrets/readable-file","action":"reported","evidence":{"name":"APP_KEY","file":"/run/secrets/app_key"}}
   * ```
   */
  'secrets/readable-file': {
    kind: 'notice',
    severity: 'low',
    cwe: 732,
    owasp: 'A02:2025',
    message: 'Every user on the machine can read the file of a secret.',
    hint: 'Run `chmod 0400` on it. For Docker and Kubernetes, set `mode: 0400` or `defaultMode: 0400`.',
  },
} as const;
