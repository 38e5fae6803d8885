import { scrypt } from 'node:crypto';
import type { ScryptCost } from '../stored-hash.ts';

/** In the thread pool. */
export function computeScrypt(
  { n, r, p }: ScryptCost,
  password: Uint8Array,
  salt: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  // What OpenSSL counts: N blocks, p blocks, and a little.
  const maxmem = 128 * r * (n + p + 2) + 65_536;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, { N: n, r, p, maxmem }, (error, digest) =>
      error ? reject(error) : resolve(digest),
    );
  });
}
