import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const length = 26;
const form = /^[a-z2-7]{26}$/;

/**
 * A name that nobody can guess: 26 characters of base32 (RFC 4648, 6) in lower case, with 128 random bits and two of padding. It is safe in paths,
 * keys and URLs, and on file systems that ignore case.
 */
export function createFileId(): string {
  let id = '';
  for (const byte of randomBytes(length)) id += alphabet[byte & 31];
  return id;
}

/** Whether `value` has the form of an id. Anything else is never made part of a path or a key. */
export function isFileId(value: unknown): value is string {
  return typeof value === 'string' && form.test(value);
}
