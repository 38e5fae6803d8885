import { pbkdf2 } from 'node:crypto';
import type { Pbkdf2Hash } from '../stored-hash.ts';

/** In the thread pool. */
export function computePbkdf2(hash: Pbkdf2Hash, password: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    pbkdf2(password, hash.salt, hash.iterations, hash.digest.length, hash.hash, (error, digest) =>
      error ? reject(error) : resolve(digest),
    );
  });
}
