import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Misuse } from '../../refusal/misuse.ts';
import type { Keyring } from '../../secrets/keyring.ts';

/** Writes and reads what a client holds between two pages. */
export interface Cursors {
  write(content: readonly (string | null)[]): string;
  /** Undefined for what no `write` of this order made. */
  read(cursor: string): readonly unknown[] | undefined;
}

/** What URLs of usual servers and proxies take. */
const longestCursor = 4096;

const shortestSecret = 32;
const mostSecrets = 8;
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Cursors of one order. With keys they are sealed (AES-256-GCM): clients can neither read nor make one. The first
 * key seals and each opens, so that one can take the place of another.
 */
export function cursorsFor(order: string, keys: readonly Uint8Array[]): Cursors {
  return {
    write(content) {
      const plain = Buffer.from(JSON.stringify([order, ...content]), 'utf8');
      const [key] = keys;
      const cursor = (key ? seal(plain, key) : plain).toString('base64url');
      if (cursor.length <= longestCursor) return cursor;
      throw new Misuse(
        'sql/invalid-keyset',
        'The values of a row are too long for a cursor: sort by their first characters.',
      );
    },
    read(cursor) {
      if (cursor.length > longestCursor || !/^[\w-]+$/.test(cursor)) return undefined;
      const bytes = Buffer.from(cursor, 'base64url');
      const plain = keys.length === 0 ? bytes : open(bytes, keys);
      return plain && parse(plain, order);
    },
  };
}

function parse(plain: Buffer, order: string): readonly unknown[] | undefined {
  try {
    const content: unknown = JSON.parse(plain.toString('utf8'));
    return Array.isArray(content) && content[0] === order ? content.slice(1) : undefined;
  } catch {
    return undefined;
  }
}

/** Where a cursor is sealed, the keys for it, newest first. */
export interface CursorSecrets {
  readonly keys?: Keyring | undefined;
  readonly secret?: string | readonly string[] | undefined;
}

export function cursorKeys({ keys, secret }: CursorSecrets): readonly Uint8Array[] {
  if (keys === undefined) return secret === undefined ? [] : readSecrets(secret);
  if (secret !== undefined || typeof (keys as Partial<Keyring> | null)?.all !== 'function') {
    throw new Misuse('bulwark/invalid-option', '`keys` takes what keyring() returned, without a `secret`.');
  }
  return keys.all('sql-cursor').map(({ key }) => key);
}

function readSecrets(secrets: string | readonly string[]): readonly Buffer[] {
  const list: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets];
  const strong = list.every((secret) => typeof secret === 'string' && secret.length >= shortestSecret);
  if (list.length === 0 || list.length > mostSecrets || !strong) {
    throw new Misuse(
      'bulwark/invalid-option',
      'secret is a text of 32 random characters or more, or a list of them.',
    );
  }
  return list.map((secret) => keyOf(secret as string));
}

/** Deriving costs some microseconds, and there are few secrets. */
const derived = new Map<string, Buffer>();

function keyOf(secret: string): Buffer {
  const known = derived.get(secret);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'bulwark/sql keyset cursor', 32));
  if (derived.size < 64) derived.set(secret, key);
  return key;
}

function seal(plain: Buffer, key: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce);
  const sealed = [sealing.update(plain), sealing.final()];
  return Buffer.concat([nonce, sealing.getAuthTag(), ...sealed]);
}

function open(bytes: Buffer, keys: readonly Uint8Array[]): Buffer | undefined {
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const nonce = bytes.subarray(0, nonceBytes);
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  for (const key of keys) {
    const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
    opening.setAuthTag(tag);
    try {
      return Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]);
    } catch {
      // Another secret may have sealed it.
    }
  }
  return undefined;
}
