/**
 * How likely the value of a name is a secret.
 *
 * - `always`: whatever is assigned to it (`password`, `client_secret`)
 * - `given`: what is assigned with `=` or quoted; after a colon in prose only what looks like a secret (`token`)
 * - `number`: only a number of four digits or more (`pin`)
 * - `maybe`: only what looks issued by a machine (`key`, `code`)
 */
export type NameStrength = 'always' | 'given' | 'number' | 'maybe';

const always = new Set(
  (
    'password passwd pword passwort passphrase passcode pwd secret credential credentials creds otp totp cvv cvc cvv2 csc ssn ' +
    'apikey apisecret accesskey secretkey privatekey masterkey accountkey sharedaccesskey connectionstring mnemonic ' +
    'requirepass masterauth storepass keypass kennwort contrasena contrase\u00f1a senha wachtwoord haslo has\u0142o ' +
    '\u043f\u0430\u0440\u043e\u043b\u044c \u5bc6\u7801 \u5bc6\u78bc \u30d1\u30b9\u30ef\u30fc\u30c9 \ube44\ubc00\ubc88\ud638'
  ).split(' '),
);

const given = new Set(
  (
    'pass token auth authorization authentication session sessionid sessid sess sid phpsessid jsessionid cookie ' +
    'jwt csrf xsrf signature sig bearer authenticity psk pw'
  ).split(' '),
);

const maybe = new Set(
  'key keys code state secrets tokens sessions cookies dsn appid oauth pat hmac samlresponse samlrequest'.split(
    ' ',
  ),
);

/** The last two words of a name that is a secret though neither word is one. */
const pairs =
  /^(?:(?:api|access|private|account|signing|encryption|master|shared|subscription|functions|storage|service|deploy|license|webhook|hmac|aes|rsa|ssh|session|secret|client|auth|app|consumer|admin|host) ?keys?|connection string|secure string|pass (?:word|phrase|code)|de passe|code verifier|(?:your|security|verification|recovery|backup|reset|mfa|2fa|otp|access|auth|authorization|one time|login) ?codes?|(?:seed|recovery|secret|wallet|mnemonic) (?:phrase|words)|session ids?|card number|passport number|social security|security number|(?:ntlm|nt|lm) hash|(?:security|secret) answers?)$/;

const numberPairs = /^(?:account (?:number|no)|bank account|pin (?:code|number|no)s?)$/;

/** Keys for look-ups, not for locks. */
const lookups =
  /^(?:cache|sort|primary|foreign|partition|range|row|group|public|i18n|translation|object|idempotency|routing|map|dedupe|unique|query|hot|short|s3|redis) keys?$/;

/** Words after the decisive one: `password_confirmation`, `token_value`, `secret2`. */
const trailing =
  /^(?:confirm|confirmation|again|repeat|verify|hash|value|new|old|current|raw|plain|plaintext|enc|encrypted|hashed|digest|sha|md5|bcrypt|text|b64|base64|base|data|\d{1,3})$/;

/** Each secret's name contains one of these. Most names and texts do not, and this finds out quickly. */
const stem =
  /pass|pwd|pw\b|pword|secret|cred|otp|cvv|cvc|csc|ssn|key|auth|sess|sid|cookie|jwt|csrf|xsrf|sig|bearer|pin|code|state|token|string|dsn|number|security|mnemonic|phrase|words|psk|appid|hmac|saml|verifier|plaintext|hash|account|identified|_pat\b|[nw]wort|contrase|senha|wachtw|has[l\u0142]o|\u043f\u0430\u0440\u043e|[\u5bc6\u30d1\ube44]/i;

/** True where `text` may hold a secret's name. */
export function mayNameSecret(text: string): boolean {
  return stem.test(text);
}

/** Judges the name of a field, a parameter, a header or a variable. Undefined for an ordinary one. */
export function nameStrength(name: string): NameStrength | undefined {
  // A longer slice would keep its whole text alive.
  if (name.length > 12) return judge(name);
  let strength = judged.get(name);
  if (strength === undefined) {
    strength = judge(name) ?? 'ordinary';
    if (judged.size >= 500) judged.clear();
    judged.set(name, strength);
  }
  return strength === 'ordinary' ? undefined : strength;
}

/** The same few names recur. */
const judged = new Map<string, NameStrength | 'ordinary'>();

function judge(name: string): NameStrength | undefined {
  if (!mayNameSecret(name)) return undefined;
  const words = wordsOf(name);
  for (;;) {
    const strength = strengthOf(words);
    if (strength !== undefined) return strength;
    if (words.length < 2 || !trailing.test(words.at(-1) as string)) return undefined;
    words.pop();
  }
}

function strengthOf(words: readonly string[]): NameStrength | undefined {
  const last = words.at(-1);
  if (last === undefined) return undefined;
  if (
    always.has(last) ||
    (always.has(last.replace(/s$/, '')) && last !== 'secrets') ||
    /.(?:password|passwd|passphrase|secret|apikey)$/.test(last) ||
    /^(?:db|user|root|admin|smtp|ftp|mysql|redis|mail|imap|ldap|ssh|http|proxy|client|login|sql|pg|wifi)(?:pass|pw)$/.test(
      last,
    )
  )
    return 'always';
  const pair = words.slice(-2).join(' ');
  if (pairs.test(pair)) return 'always';
  if (given.has(last) || /.(?:token|pwd|sessid|sessionid|jwt)$/.test(last)) return 'given';
  if (last === 'pin' || numberPairs.test(pair)) return 'number';
  return maybe.has(last) && !lookups.test(pair) ? 'maybe' : undefined;
}

/**
 * True for the name of a field whose value is a secret, whatever it looks like.
 *
 * @example
 * ```ts
 * import { isSecretName } from 'bulwark/event';
 *
 * isSecretName('x-api-key'); // true
 * isSecretName('resetToken'); // true
 * isSecretName('author'); // false
 * ```
 */
export function isSecretName(name: string): boolean {
  const strength = nameStrength(name);
  return strength !== undefined && strength !== 'maybe';
}

/** `X-Api-Key`, `apiKey`, `API_KEY` and `user[api.key]` are the same words. Only the end of a long name counts. */
function wordsOf(name: string): string[] {
  return name
    .slice(-64)
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .replace(/([a-z])(?=\d+$)/gi, '$1 ')
    .toLowerCase()
    .split(/[^a-z\d\u00c0-\uffff]+/)
    .filter((word) => word !== '');
}
