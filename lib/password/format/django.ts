import type { Pbkdf2Hash, ScryptHash, StoredHash } from '../stored-hash.ts';
import { bytesOfBase64 } from './base64.ts';
import { parseBcrypt } from './bcrypt-hash.ts';
import { parseArgon2 } from './phc.ts';

const pbkdf2 = /^pbkdf2_(sha1|sha256)\$([1-9]\d{0,9})\$([^$\s]{1,128})\$([A-Za-z0-9+/]{1,88}={0,2})$/;
const scrypt =
  /^scrypt\$([1-9]\d{0,9})\$([^$\s]{1,128})\$([1-9]\d{0,4})\$([1-9]\d{0,4})\$([A-Za-z0-9+/]{1,88}={0,2})$/;

/** The hashes of Django 1.4 to 6: the algorithm's name, then its own form. The salt is text. */
export function parseDjango(text: string): StoredHash | undefined {
  if (text.startsWith('argon2$')) return parseArgon2(text.slice('argon2'.length));
  if (text.startsWith('bcrypt$')) return parseBcrypt(text.slice('bcrypt$'.length), false);
  if (text.startsWith('bcrypt_sha256$')) return parseBcrypt(text.slice('bcrypt_sha256$'.length), true);
  return parsePbkdf2(text) ?? parseScrypt(text);
}

function parsePbkdf2(text: string): Pbkdf2Hash | undefined {
  const [, hash, iterations, salt, encoded = ''] = pbkdf2.exec(text) ?? [];
  const digest = bytesOfBase64(encoded);
  if (hash === undefined || salt === undefined || digest === undefined) return undefined;
  return {
    algorithm: 'pbkdf2',
    hash: hash as Pbkdf2Hash['hash'],
    iterations: Number(iterations),
    salt: Buffer.from(salt),
    digest,
  };
}

function parseScrypt(text: string): ScryptHash | undefined {
  const [, n, salt, r, p, encoded = ''] = scrypt.exec(text) ?? [];
  const digest = bytesOfBase64(encoded);
  if (salt === undefined || digest === undefined) return undefined;
  return {
    ...{ algorithm: 'scrypt', foreign: true, n: Number(n), r: Number(r), p: Number(p) },
    ...{ salt: Buffer.from(salt), digest },
  };
}
