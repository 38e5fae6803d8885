export interface PasswordDetail {
  'password/invalid-password': {
    readonly reason: 'not-a-string' | 'empty' | 'too-long' | 'malformed-unicode' | 'ends-with-nul';
  };
  'password/weak-password': {
    readonly reason: 'too-short' | 'control-character' | 'common' | 'context';
  };
  'password/absurd-hash': { readonly format: string; readonly reason: string };
  'password/unknown-pepper': { readonly keyId: string };
  'password/busy': { readonly retryAfterSeconds: number };
}

export const passwordCodes = {
  /**
   * A password is a non-empty string of at most 1,024 bytes of UTF-8, without lone surrogates. JSON bodies and query strings can
   * hold arrays and objects where a form holds a string (CWE-843), and a password of megabytes costs time before the sender
   * is authenticated (CVE-2014-9016, Drupal). A lone surrogate has no UTF-8 form: all of them would become the same character.
   * PBKDF2 and scrypt ignore trailing NULs, so passwords that differ only there would have the same hash.
   *
   * ```ts
   * import { passwords } from 'bulwark/password';
   *
   * const body: { password: unknown } = JSON.parse('{"password":["correct horse battery staple"]}');
   * await passwords().verify(body.password, undefined); // throws
   * ```
   */
  'password/invalid-password': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 1287,
    owasp: 'A06:2025',
    message:
      'A password was refused, because it is not a string, is empty or malformed, or is longer than 1,024 bytes.',
    hint: 'Send the password as one string. A filled-in password field of at most 1,024 bytes is never refused.',
  },
  /**
   * The new password is too short, contains a control character, or is among the first that attackers try: a common password, or one
   * made from the names of the user and the site. Case, leetspeak, repeats, sequences, years and reversed words don't help. These
   * are the rules of NIST SP 800-63B, which forbids composition rules.
   *
   * `check` returns this as a decision. `hint` is a sentence for the user.
   *
   * ```ts
   * import { passwords } from 'bulwark/password';
   *
   * const verdict = passwords().check('P4ssw0rd12345678', { context: ['ada@example.com'] });
   * if (!verdict.allow) console.log(verdict.hint);
   * ```
   */
  'password/weak-password': {
    kind: 'refusal',
    status: 422,
    severity: 'low',
    cwe: 521,
    owasp: 'A07:2025',
    message: 'A new password was refused, because it is too short or easy to guess.',
    hint: 'Choose a longer password. Several unrelated words are easy to remember and hard to guess.',
  },
  /**
   * A stored hash names its own cost, so someone who can write one row of the database chooses what a log-in costs (CWE-400). One with
   * `m=4194304` takes four gigabytes. A hash is computed only if its format is known, it is complete, and its cost is within
   * bounds: argon2 up to 256 MiB, scrypt up to 256 MiB, PBKDF2 up to 5,000,000 iterations, bcrypt up to cost 15. A truncated digest
   * is refused too, because a short one is easy to match.
   *
   * ```text
   * $argon2id$v=19$m=4194304,t=100,p=255$c29tZXNhbHRzb21lc2FsdA$...
   * ```
   */
  'password/absurd-hash': {
    kind: 'refusal',
    status: 500,
    severity: 'high',
    cwe: 400,
    owasp: 'A04:2025',
    message:
      'A stored password hash was refused, because it is malformed, has an unknown format, or costs too much to compute.',
    hint: 'Find out who wrote this row, and check that the column neither truncates nor pads its values. Then have the user reset the password.',
  },
  /**
   * The hash was made with a pepper that the keyring no longer has. Keep previous keys in the keyring until every hash that names them
   * has been replaced, which happens when its user logs in.
   *
   * ```ts
   * import { passwords } from 'bulwark/password';
   * import { keyring, Secret } from 'bulwark/secrets';
   *
   * const current = new Secret('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
   * const previous = new Secret('X4mTz7QpRk1LsVw8NjYc3BhGd6FaUe0o');
   * passwords({ keys: keyring(current, previous) });
   * ```
   */
  'password/unknown-pepper': {
    kind: 'refusal',
    status: 500,
    severity: 'high',
    cwe: 320,
    owasp: 'A02:2025',
    message: 'A stored password hash needs a key that the keyring does not have.',
    hint: 'Pass the previous master secret to `keyring`, after the current one.',
  },
  /**
   * Each verification takes some milliseconds of a core and 19 MiB, on purpose. A flood of log-ins therefore waits in a queue that
   * is bounded by length (`maxWaiting`) and by time (`maxWaitMs`); when it is full, further log-ins are refused at once (CWE-400).
   * `retryAfterSeconds` says when there should be room again, including for all clients refused earlier. Rate limits stop most floods
   * before they get here.
   *
   * ```text
   * HTTP/1.1 503 Service Unavailable
   * Retry-After: 4
   * ```
   */
  'password/busy': {
    kind: 'refusal',
    status: 503,
    severity: 'medium',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'A log-in was refused for now, because too many passwords are being verified.',
    hint: 'If these are guesses, limit log-ins by account and address. If they are real users, add processes or cores.',
  },
  /**
   * A log-in used a hash that is cheap to crack or ambiguous: bcrypt below cost 10, PBKDF2 below 100,000 iterations or with SHA-1, scrypt
   * below 16 MiB, argon2 below 7 MiB. `newHash` replaces it when the password is right. `problem` says `72 bytes` where a password is longer
   * than the 72 bytes that bcrypt reads, so that every password with the same beginning would match. Those log-ins fail with
   * `mustReset`, unless `allowTruncatedBcrypt` is set.
   *
   * ```text
   * {"code":"password/weak-hash","action":"reported","evidence":{"format":"bcrypt cost 5","problem":"too cheap"}}
   * ```
   */
  'password/weak-hash': {
    kind: 'notice',
    severity: 'medium',
    cwe: 916,
    owasp: 'A04:2025',
    message: 'A stored password hash is weak. It is replaced when its user logs in.',
    hint: 'Store `newHash`. Reset the passwords of users who have not logged in for long.',
  },
  /**
   * A stored hash has a format that `legacy` does not list. Failed log-ins take as long as the slowest known format. Until this
   * one appeared, its users could be recognised by response time (CWE-208).
   *
   * ```ts
   * import { passwords } from 'bulwark/password';
   *
   * passwords({ legacy: ['$2b$12$', 'pbkdf2_sha256$600000$'] });
   * ```
   */
  'password/undeclared-format': {
    kind: 'notice',
    severity: 'low',
    cwe: 208,
    owasp: 'A07:2025',
    message: 'A stored password hash has a format or a cost that `legacy` does not list.',
    hint: 'Add the beginning of such a hash, up to its salt, to `legacy`.',
  },
  /**
   * Without the package `@node-rs/argon2`, and on a Node without `crypto.argon2`, new hashes are scrypt with N=2^17, r=8, p=1: OWASP's
   * second choice. Each takes 128 MiB and about twenty times as long. Once argon2 is installed, hashes are replaced at log-in.
   *
   * ```sh
   * npm install @node-rs/argon2
   * ```
   */
  'password/no-argon2': {
    kind: 'notice',
    severity: 'low',
    cwe: 916,
    owasp: 'A04:2025',
    message: 'Passwords are hashed with scrypt, because argon2 is not available.',
    hint: 'Run `npm install @node-rs/argon2`.',
  },
  /**
   * Verifying bcrypt needs the package `@node-rs/bcrypt`, and verifying argon2 needs `@node-rs/argon2` or a Node with `crypto.argon2`. Bulwark
   * installs neither, because not every application needs them.
   *
   * ```sh
   * npm install @node-rs/argon2 @node-rs/bcrypt
   * ```
   */
  'password/library-missing': {
    kind: 'misuse',
    message: 'A stored password hash cannot be verified, because a package is not installed.',
    hint: 'Run `npm install` with the package that the message names.',
  },
} as const;
