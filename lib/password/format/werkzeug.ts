import type { Pbkdf2Hash, StoredHash } from '../stored-hash.ts';

const pbkdf2 = /^pbkdf2:(sha1|sha256|sha512):([1-9]\d{0,9})\$([^$\s]{1,128})\$((?:[0-9a-f]{2}){1,64})$/;
const scrypt =
  /^scrypt:([1-9]\d{0,9}):([1-9]\d{0,4}):([1-9]\d{0,4})\$([^$\s]{1,128})\$((?:[0-9a-f]{2}){1,64})$/;

/** The hashes of `werkzeug.security`, which Flask applications use. The salt is text, the digest is hexadecimal. */
export function parseWerkzeug(text: string): StoredHash | undefined {
  const [, hash, iterations, salt, digest] = pbkdf2.exec(text) ?? [];
  if (hash !== undefined && salt !== undefined && digest !== undefined) {
    return {
      algorithm: 'pbkdf2',
      hash: hash as Pbkdf2Hash['hash'],
      iterations: Number(iterations),
      ...{ salt: Buffer.from(salt), digest: Buffer.from(digest, 'hex') },
    };
  }
  const [, n, r, p, scryptSalt, scryptDigest] = scrypt.exec(text) ?? [];
  if (scryptSalt === undefined || scryptDigest === undefined) return undefined;
  return {
    ...{ algorithm: 'scrypt', foreign: true, n: Number(n), r: Number(r), p: Number(p) },
    ...{ salt: Buffer.from(scryptSalt), digest: Buffer.from(scryptDigest, 'hex') },
  };
}
