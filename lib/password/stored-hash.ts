/** What a stored hash says, read and within bounds. */
export type StoredHash = Argon2Hash | ScryptHash | Pbkdf2Hash | BcryptHash;

export interface Argon2Cost {
  readonly variant: 'argon2id' | 'argon2i' | 'argon2d';
  readonly version: 16 | 19;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface ScryptCost {
  /** A power of two. */
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

interface SaltAndDigest {
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
}

export interface Argon2Hash extends Argon2Cost, SaltAndDigest {
  readonly algorithm: 'argon2';
  /** Names the pepper. */
  readonly keyId?: string;
}

export interface ScryptHash extends ScryptCost, SaltAndDigest {
  readonly algorithm: 'scrypt';
  readonly keyId?: string;
  /** Written by another framework, which hashes the password as it came. */
  readonly foreign: boolean;
}

export interface Pbkdf2Hash extends SaltAndDigest {
  readonly algorithm: 'pbkdf2';
  readonly hash: 'sha1' | 'sha256' | 'sha512';
  readonly iterations: number;
}

export interface BcryptHash {
  readonly algorithm: 'bcrypt';
  readonly cost: number;
  /** `$2b$...`, 60 characters. */
  readonly encoded: string;
  /** Django's bcrypt_sha256 hashes the hexadecimal SHA-256 of the password, which is shorter than 72 bytes. */
  readonly prehashed: boolean;
}

/** What two hashes have in common that take the same time. For logs too: it says nothing of the user. */
export function formatOf(hash: StoredHash): string {
  switch (hash.algorithm) {
    case 'argon2':
      return `${hash.variant} v=${hash.version} m=${hash.memoryKiB} t=${hash.passes} p=${hash.lanes}`;
    case 'scrypt':
      return `scrypt N=${hash.n} r=${hash.r} p=${hash.p}`;
    case 'pbkdf2':
      return `pbkdf2-${hash.hash} ${hash.iterations} iterations`;
    case 'bcrypt':
      return `bcrypt cost ${hash.cost}`;
  }
}
