import * as crypto from 'node:crypto';
import type { Argon2 } from './argon2.ts';

interface Parameters {
  readonly message: Uint8Array;
  readonly nonce: Uint8Array;
  readonly parallelism: number;
  readonly tagLength: number;
  readonly memory: number;
  readonly passes: number;
}

type CryptoArgon2 = (
  variant: string,
  parameters: Parameters,
  done: (error: Error | null, digest: Uint8Array) => void,
) => void;

/** `crypto.argon2`, which Node has since 24.7 where its OpenSSL is 3.2 or later. It knows version 19 only. */
export function builtInArgon2(): Argon2 | undefined {
  const compute = (crypto as { readonly argon2?: CryptoArgon2 }).argon2;
  if (compute === undefined) return undefined;
  return ({ variant, version, memoryKiB, passes, lanes }, message, nonce, tagLength) => {
    if (version !== 19) return Promise.reject(new RangeError('crypto.argon2 computes version 19 only.'));
    const parameters = {
      // Node would read `secret` and `associatedData` from a polluted prototype.
      __proto__: null,
      ...{ message, nonce, parallelism: lanes, tagLength, memory: memoryKiB, passes },
    } as Parameters;
    return new Promise((resolve, reject) => {
      compute(variant, parameters, (error, digest) => (error ? reject(error) : resolve(digest)));
    });
  };
}
