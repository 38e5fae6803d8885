import { fromBase64url, toBase64url } from '../../internal/base64url.ts';
import { decrypt, encrypt } from './seal-cipher.ts';

/** A key for one purpose, and the name by which a seal refers to it. */
export interface SealKey {
  /** 6 characters of base64url. Not secret. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** What a seal is for. Both are authenticated: a seal opens only where they are the same. */
export interface SealContext {
  /** The cookie's full name, such as `__Host-session`. */
  readonly name: string;
  /** What the plaintext is, such as `session`. */
  readonly purpose: string;
}

/** Why a seal does not open: no seal at all, no key of that id, or changed, or made for something else. */
export type SealFault = 'malformed' | 'unknown-key' | 'not-authentic';

export type Opened =
  | { readonly plaintext: Uint8Array; readonly keyId: string }
  | { readonly fault: SealFault };

const saltBytes = 24;
const tagBytes = 16;
/** A browser keeps at most 4,096 bytes of a cookie. Nothing longer was sealed here. */
const longestSeal = 4_096;

/**
 * Encrypts and authenticates. Each seal has a key and a nonce of its own, HKDF-SHA-256 of the key and 192 random bits, so
 * that one key may make more seals than AES-GCM's nonce of 96 bits allows (as XAES-256-GCM does; NIST SP 800-108, RFC 5869).
 *
 * @returns `1.<key id>.<base64url of salt, ciphertext and tag>`: 63 bytes, and four for each three of the plaintext
 */
export function seal(plaintext: Uint8Array, key: SealKey, context: SealContext): Promise<string> {
  return sealWithSalt(plaintext, key, context, crypto.getRandomValues(new Uint8Array(saltBytes)));
}

/** For test vectors. A salt that is used twice under one key gives both plaintexts away. */
export async function sealWithSalt(
  plaintext: Uint8Array,
  { id, key }: SealKey,
  context: SealContext,
  salt: Uint8Array,
): Promise<string> {
  const encrypted = await encrypt(plaintext, { key, salt, additional: additionalOf(id, context) });
  const bytes = new Uint8Array(saltBytes + encrypted.byteLength);
  bytes.set(salt);
  bytes.set(encrypted, saltBytes);
  return `1.${id}.${toBase64url(bytes)}`;
}

/**
 * The plaintext of a seal, or why there is none. Never throws because of `sealed`.
 *
 * @param keyById the key of an id, current or previous
 */
export async function unseal(
  sealed: string,
  keyById: (id: string) => Uint8Array | undefined,
  context: SealContext,
): Promise<Opened> {
  if (sealed.length > longestSeal) return { fault: 'malformed' };
  const [, id, body] = /^1\.([\w-]{6})\.([\w-]+)$/.exec(sealed) ?? [];
  const bytes = body === undefined ? undefined : fromBase64url(body);
  if (id === undefined || bytes === undefined || bytes.length < saltBytes + tagBytes) {
    return { fault: 'malformed' };
  }
  const key = keyById(id);
  if (key === undefined) return { fault: 'unknown-key' };
  const parts = { key, salt: bytes.subarray(0, saltBytes), additional: additionalOf(id, context) };
  try {
    return { plaintext: await decrypt(bytes.subarray(saltBytes), parts), keyId: id };
  } catch {
    return { fault: 'not-authentic' };
  }
}

/** JSON, so that no name and purpose can be read as another pair. */
function additionalOf(id: string, { name, purpose }: SealContext): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(['bulwark/seal', 1, id, purpose, name]));
}

const encoder = new TextEncoder();
