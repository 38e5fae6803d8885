/**
 * How sure a name is to stand before a secret.
 *
 * - `always`: whatever is given to it (`password`, `client_secret`)
 * - `given`: what is assigned with `=` or quoted; after a colon in prose only what looks like a secret (`token`)
 * - `number`: only a number of four digits or more (`pin`)
 * - `maybe`: only what looks like a secret (`key`, `code`)
 */
export type NameStrength = 'always' | 'given' | 'number' | 'maybe';

const always = new Set(
  (
    'password passwd passwort passphrase passcode pwd secret credential credentials creds otp totp cvv cvc cvv2 csc ssn ' +
    'apikey apisecret accesskey secretkey privatekey masterkey accountkey sharedaccesskey connectionstring'
  ).split(' '),
);

const given = new Set(
  (
    'pass token auth authorization authentication session sessionid sessid sess sid phpsessid jsessionid cookie ' +
    'jwt csrf xsrf signature sig bearer authenticity'
  ).split(' '),
);

const maybe = new Set('key code state secrets tokens sessions cookies dsn'.split(' '));

/** The last two words of a name that is a secret though neither word is one. */
const pairs =
  /^(?:(?:api|access|private|account|signing|encryption|master|shared|subscription|functions|storage|service|deploy|license|webhook|hmac|aes|rsa|ssh|session|secret|client|auth|app|consumer|admin|host) ?keys?|connection string|pass (?:word|phrase|code)|(?:security|verification|recovery|backup|reset|mfa|2fa|otp|access|auth|authorization|one time|login) ?codes?|session ids?|card number|social security)$/;

/** Words after the one that counts: `password_confirmation`, `token_value`, `secret2`. */
const trailing =
  /^(?:confirm|confirmation|again|repeat|verify|hash|value|new|old|current|raw|plain|text|b64|base64|\d)$/;

/** No name without one of these is a secret's. Most names and most texts are ordinary, and this finds it out quickly. */
const stem =
  /pass|pwd|secret|cred|otp|cvv|cvc|csc|ssn|key|auth|sess|sid|cookie|jwt|csrf|xsrf|sig|bearer|pin|code|state|token|string|dsn|number|security/i;

/** True where `text` may hold a secret's name. */
export function mayNameSecret(text: string): boolean {
  return stem.test(text);
}

/**
 * Judges the name of a field, a parameter, a header or a variable. Undefined for an ordinary one.
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
export function nameStrength(name: string): NameStrength | undefined {
  if (!mayNameSecret(name)) return undefined;
  const words = wordsOf(name);
  while (words.length > 1 && trailing.test(words.at(-1) as string)) words.pop();
  const last = words.at(-1);
  if (last === undefined) return undefined;
  if (
    always.has(last) ||
    (always.has(last.replace(/s$/, '')) && last !== 'secrets') ||
    /.(?:password|passwd|secret|apikey)$/.test(last)
  )
    return 'always';
  if (pairs.test(words.slice(-2).join(' '))) return 'always';
  if (given.has(last) || /.(?:token|pwd|sessid|sessionid|jwt)$/.test(last)) return 'given';
  if (last === 'pin') return 'number';
  return maybe.has(last) ? 'maybe' : undefined;
}

/** True for the name of a field whose value is a secret, whatever it looks like. */
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
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}
