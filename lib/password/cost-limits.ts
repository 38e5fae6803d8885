import type { StoredHash } from './stored-hash.ts';

const mib = 1_024;

/** Far above what frameworks write today, and at most about a second of one core. */
const most = {
  argon2MemoryKiB: 256 * mib,
  argon2Work: 1_024 * mib,
  argon2Lanes: 16,
  scryptMemoryBytes: 256 * mib * 1_024,
  scryptWork: 2 ** 22,
  pbkdf2Iterations: 5_000_000,
  bcryptCost: 15,
};

const naturalBytes = { sha1: 20, sha256: 32, sha512: 64 } as const;

/** Why this hash is not computed; undefined where it may be. */
export function excessOf(hash: StoredHash): string | undefined {
  switch (hash.algorithm) {
    case 'argon2':
      if (hash.memoryKiB > most.argon2MemoryKiB) return 'more memory than 256 MiB';
      if (hash.memoryKiB * hash.passes > most.argon2Work) return 'too many passes over its memory';
      if (hash.lanes > most.argon2Lanes) return 'more than 16 lanes';
      if (hash.memoryKiB < 8 * hash.lanes) return 'less memory than argon2 needs';
      return lengthProblem(hash.salt, 8, hash.digest, 16);
    case 'scrypt':
      if (!(hash.n >= 2 && Number.isInteger(Math.log2(hash.n)))) return 'N is no power of two';
      if (128 * hash.n * hash.r > most.scryptMemoryBytes) return 'more memory than 256 MiB';
      if (hash.n * hash.r * hash.p > most.scryptWork) return 'too much work';
      return lengthProblem(hash.salt, 4, hash.digest, hash.foreign ? 64 : 16);
    case 'pbkdf2':
      if (hash.iterations > most.pbkdf2Iterations) return 'more than 5,000,000 iterations';
      // A digest longer than the hash costs as many times the iterations.
      if (hash.digest.length !== naturalBytes[hash.hash]) return 'a digest of the wrong length';
      return lengthProblem(hash.salt, 4, hash.digest, 20);
    case 'bcrypt':
      return hash.cost < 4 || hash.cost > most.bcryptCost ? 'a cost outside 4 to 15' : undefined;
  }
}

function lengthProblem(
  salt: Uint8Array,
  leastSalt: number,
  digest: Uint8Array,
  leastDigest: number,
): string | undefined {
  if (salt.length < leastSalt) return 'a salt that is too short';
  return digest.length < leastDigest ? 'a digest that is too short' : undefined;
}

/** True where a stolen hash would be cracked cheaply. The floors are those that were good practice ten years ago. */
export function isTooCheap(hash: StoredHash): boolean {
  switch (hash.algorithm) {
    case 'argon2':
      // OWASP's least: 7 MiB and 5 passes, or more memory and fewer passes.
      return (
        hash.variant === 'argon2d' || hash.memoryKiB < 7 * mib || hash.memoryKiB * hash.passes < 35 * mib
      );
    case 'scrypt':
      return hash.n * hash.r < 2 ** 17;
    case 'pbkdf2':
      return hash.hash === 'sha1' || hash.iterations < 100_000;
    case 'bcrypt':
      return hash.cost < 10;
  }
}
