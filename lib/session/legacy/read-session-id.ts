import { createHash, createHmac } from 'node:crypto';
import { sameText } from '../../internal/same-text.ts';
import type { OldCookieFault, OldSessionId } from './old-cookie.ts';

/**
 * The id in a cookie of express-session: `s:<id>.<HMAC-SHA-256 of the id>`, percent-encoded. An unsigned cookie is no session.
 *
 * @param value as the request has it
 */
export function readSessionId(value: string, secrets: readonly string[]): OldSessionId | OldCookieFault {
  let text: string;
  try {
    text = decodeURIComponent(value);
  } catch {
    return 'malformed';
  }
  const [, id, signature] = /^s:(.{1,256})\.([A-Za-z\d+/]{43})$/s.exec(text) ?? [];
  if (id === undefined || signature === undefined) return 'malformed';
  const signed = (secret: string): string =>
    createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '');
  // All secrets are tried, as a loop that stops would tell which one it was.
  const authentic = secrets.filter((secret) => sameText(signature, signed(secret))).length > 0;
  if (!authentic) return 'not-authentic';
  return {
    id,
    hash: createHash('sha256').update(`express-session\0${id}`).digest('base64url'),
    expiresAt: undefined,
  };
}
