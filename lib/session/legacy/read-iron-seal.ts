import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { sameText } from '../../internal/same-text.ts';
import type { OldCookieFault, OldSealedCookie } from './old-cookie.ts';
import { parseContent } from './parse-content.ts';

/** `Fe26.2*<password id>*<salt>*<iv>*<AES-256-CBC>*<expiry>`, then `*<salt>*<HMAC-SHA-256>`, and the version of iron-session. */
const sealPattern =
  /^(?<signed>Fe26\.2\*\w*\*(?<salt>[\da-f]{64})\*(?<iv>[\w-]{22})\*(?<body>[\w-]{22,8000})\*(?<expiry>\d{0,16}))\*(?<macSalt>[\da-f]{64})\*(?<mac>[\w-]{43})~2$/;

/**
 * The content of a cookie of iron-session 8: a seal of iron-webcrypto with the suffix `~2`. Its keys are PBKDF2-SHA-1 of the
 * password with one iteration. The HMAC is checked before anything is decrypted. Seals of older versions have no such suffix,
 * and are not read.
 *
 * @param value as the request has it
 * @param now in milliseconds since the epoch
 */
export function readIronSeal(
  value: string,
  secrets: readonly string[],
  now: number,
): OldSealedCookie | OldCookieFault {
  const parts = sealPattern.exec(decoded(value))?.groups as Parts | undefined;
  if (parts === undefined) return 'malformed';
  const macOf = (secret: string): string =>
    createHmac('sha256', keyOf(secret, parts.macSalt)).update(parts.signed).digest('base64url');
  const secret = secrets.filter((each) => sameText(parts.mac, macOf(each)))[0];
  if (secret === undefined) return 'not-authentic';
  const expiresAt = parts.expiry === '' ? undefined : Number(parts.expiry);
  if (expiresAt !== undefined && expiresAt <= now) return 'expired';
  const content = parseContent(decrypt(parts, keyOf(secret, parts.salt)));
  if (content === undefined) return 'malformed';
  // The suffix is outside of what is signed, and so is not part of what is remembered.
  const hash = createHash('sha256').update(`iron-session\0${parts.signed}`).digest('base64url');
  return { content, hash, expiresAt };
}

interface Parts {
  readonly signed: string;
  readonly salt: string;
  readonly iv: string;
  readonly body: string;
  readonly expiry: string;
  readonly macSalt: string;
  readonly mac: string;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

function keyOf(secret: string, salt: string): Buffer {
  return pbkdf2Sync(secret, salt, 1, 32, 'sha1');
}

function decrypt({ iv, body }: Parts, key: Buffer): string {
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(iv, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return '';
  }
}
