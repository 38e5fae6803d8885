import { isPlaceholder } from '../kit/sensitive/secret-text.ts';
import type { NamedValue } from './named-values.ts';

const holders =
  /(?:^|[^a-z])(?:jwt|jws|session|cookie)s?(?:[^a-z]|$)|jwt(?=[A-Z])|jwt(?:settings|options|config|bearer)/i;
const keys =
  /(?:^|[._-])(?:(?:jwt|session|cookie)[-_.]?)?(?:base64[-_]?)?(?:secret(?:[-_]?key)?|(?:issuer[-_]?)?sign(?:ing)?[-_]?key|security[-_]?key)$/i;

/** Words that describe a setting, and the names of such keys, which refer to other values. */
const noKeys =
  /^(?:true|false|none|null|undefined|required|optional|default|generate|random|auto|hidden|empty|string|(?:jwt|jws|session|cookie|app|auth|token)?[-_]?(?:secret|key|secret[-_]?key|sign(?:ing)?[-_]?key)s?)$/i;

/**
 * Whether a value is a key that signs tokens or sessions, judging by its name and by the name of the enclosing object.
 * `Key` counts only in an object such as `Jwt`.
 */
export function isOfSigning({ name, owner }: NamedValue): boolean {
  if (/^jwt/i.test(owner) && /^key$/i.test(name)) return true;
  return keys.test(name) && (holders.test(owner) || holders.test(name));
}

/** Whether a signing key is short or made of words. Whoever guesses it can forge signatures. */
export function isWeakKey(value: string): boolean {
  const isSentence = /^[\w .,:!-]{16,200}$/.test(value) && / /.test(value) && /secret|key/i.test(value);
  return (
    (isSentence || /^[\w!@#%^&*+-]{6,100}$/.test(value)) &&
    !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) &&
    !noKeys.test(value) &&
    !isPlaceholder(value)
  );
}
