import { type ScryptOptions, scrypt } from 'node:crypto';
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
  // Node would read `cost` from a polluted prototype, and refuse to have it beside `N`.
  const options = { __proto__: null, N: n, r, p, maxmem } as ScryptOptions;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, options, (error, digest) => (error ? reject(error) : resolve(digest)));
  });
}
