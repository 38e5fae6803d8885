import { createHash, createHmac } from 'node:crypto';
import { sameText } from '../../internal/same-text.ts';
import type { OldCookieFault, OldSealedCookie } from './old-cookie.ts';
import { parseContent } from './parse-content.ts';

/**
 * The content of a cookie of cookie-session: JSON in base64, and a second cookie `<name>.sig` with an HMAC-SHA-1 of
 * `<name>=<value>` (keygrip). The format says neither when it was made nor when it expires.
 *
 * @param signature the value of `<name>.sig`, if there is exactly one
 */
export function readSignedJson(
  name: string,
  value: string,
  signature: string | undefined,
  secrets: readonly string[],
): OldSealedCookie | OldCookieFault {
  if (signature === undefined || !/^[\w-]{27}$/.test(signature)) return 'malformed';
  const signed = (secret: string): string =>
    createHmac('sha1', secret).update(`${name}=${value}`).digest('base64url');
  const authentic = secrets.filter((secret) => sameText(signature, signed(secret))).length > 0;
  if (!authentic) return 'not-authentic';
  const content = parseContent(Buffer.from(value, 'base64').toString('utf8'));
  if (content === undefined) return 'malformed';
  const hash = createHash('sha256').update(`cookie-session\0${name}=${value}`).digest('base64url');
  return { content, hash, expiresAt: undefined };
}
