import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';
import { sameText } from '../internal/same-text.ts';
import type { Keyring } from '../secrets/keyring.ts';

/** What a token is bound to: a session, or the browser of a visitor who has none. */
export interface Subject {
  readonly kind: 'session' | 'visitor';
  readonly value: string;
}

const purpose = 'csrf';
const nonceLength = 22;
const shape = /^([\w-]{6})\.([\w-]{22})\.([\w-]{43})$/;

/**
 * `<key id>.<128-bit nonce>.<HMAC-SHA-256>`, base64url. With a nonce of its own, every token is a different text, so a compressed page
 * doesn't give it away byte by byte (BREACH, CVE-2013-3587).
 */
export function mintToken(keys: Keyring, subject: Subject): string {
  const { id, key } = keys.current(purpose);
  const nonce = randomText();
  return `${id}.${nonce}.${sign(key, nonce, subject)}`;
}

/** Whether one of the keys made this token for one of these subjects. The time it takes says nothing about the right signature. */
export function isToken(keys: Keyring, token: string, subjects: readonly Subject[]): boolean {
  const [, id = '', nonce = '', signature = ''] = (token.length <= 80 && shape.exec(token)) || [];
  const key = id === '' ? undefined : keys.byId(purpose, id);
  if (key === undefined) return false;
  return subjects.some((subject) => sameText(signature, sign(key, nonce, subject)));
}

/** 128 random bits in base64url: 22 characters. */
export function randomText(): string {
  return toBase64url(globalThis.crypto.getRandomValues(new Uint8Array(16))).slice(0, nonceLength);
}

function sign(key: Uint8Array, nonce: string, { kind, value }: Subject): string {
  // Kind and nonce have no NUL and come first, so no two subjects give the same text.
  return toBase64url(hmac(sha256, key, new TextEncoder().encode(`${kind}\0${nonce}\0${value}`)));
}
