import { timingSafeEqual } from 'node:crypto';
import { Misuse } from '../refusal/misuse.ts';
import { bcryptBytes, verifyBcrypt } from './algorithm/bcrypt.ts';
import { loadArgon2 } from './algorithm/load-argon2.ts';
import { computePbkdf2 } from './algorithm/pbkdf2.ts';
import { computeScrypt } from './algorithm/scrypt.ts';
import type { PasswordInput } from './password-input.ts';
import type { Pepper } from './pepper.ts';
import type { Argon2Hash, BcryptHash, Pbkdf2Hash, ScryptHash, StoredHash } from './stored-hash.ts';

/** `truncated`: the first 72 bytes match, and there are more that bcrypt has not read. */
export type Match = 'yes' | 'no' | 'truncated';

/** Computes the hash of this password and compares, in constant time. How long it takes says nothing of the result. */
export async function verifyHash(hash: StoredHash, input: PasswordInput, pepper: Pepper): Promise<Match> {
  switch (hash.algorithm) {
    case 'bcrypt':
      return matchBcrypt(hash, input.raw);
    case 'pbkdf2':
      return (await matchPbkdf2(hash, input.raw)) ? 'yes' : 'no';
    case 'argon2':
    case 'scrypt':
      return (await matchEither(hash, input, pepper)) ? 'yes' : 'no';
  }
}

async function matchBcrypt(hash: BcryptHash, password: string): Promise<Match> {
  if (!(await verifyBcrypt(hash, password)) || (hash.prehashed ? false : password.includes('\0')))
    return 'no';
  return !hash.prehashed && Buffer.byteLength(password) > bcryptBytes ? 'truncated' : 'yes';
}

async function matchPbkdf2(hash: Pbkdf2Hash, password: string): Promise<boolean> {
  return timingSafeEqual(await computePbkdf2(hash, Buffer.from(password)), hash.digest);
}

/**
 * Hashes of other programs may be of the password as it was typed. Where that differs, both are computed, whoever wrote
 * the hash: the time depends on the password only.
 */
async function matchEither(
  hash: Argon2Hash | ScryptHash,
  input: PasswordInput,
  pepper: Pepper,
): Promise<boolean> {
  let matched = false;
  for (const text of new Set([input.normalized, input.raw])) {
    const digest = await compute(hash, pepper.apply(text, hash.keyId));
    if (timingSafeEqual(digest, hash.digest)) matched = true;
  }
  return matched;
}

async function compute(hash: Argon2Hash | ScryptHash, password: Uint8Array): Promise<Uint8Array> {
  if (hash.algorithm === 'scrypt') return computeScrypt(hash, password, hash.salt, hash.digest.length);
  const argon2 = await loadArgon2();
  if (argon2 === undefined) {
    throw new Misuse('password/library-missing', 'The package is @node-rs/argon2.');
  }
  return argon2(hash, password, hash.salt, hash.digest.length);
}
