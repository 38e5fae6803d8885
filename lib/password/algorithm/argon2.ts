import type { Argon2Cost } from '../stored-hash.ts';

/** Computes a digest of `length` bytes, in the thread pool. */
export type Argon2 = (
  cost: Argon2Cost,
  password: Uint8Array,
  salt: Uint8Array,
  length: number,
) => Promise<Uint8Array>;
