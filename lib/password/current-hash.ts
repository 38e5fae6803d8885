import { randomBytes } from 'node:crypto';
import { record } from '../event/record.ts';
import { loadArgon2 } from './algorithm/load-argon2.ts';
import { computeScrypt } from './algorithm/scrypt.ts';
import { writeArgon2, writeScrypt } from './format/phc.ts';
import type { Pepper } from './pepper.ts';
import type { Argon2Hash, ScryptHash, StoredHash } from './stored-hash.ts';

/** What new hashes cost. */
export interface Argon2Settings {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** How new hashes are made: argon2id, or scrypt where argon2 is not available. */
export interface CurrentHash {
  make(password: string): Promise<string>;
  /** A hash that nothing matches, to verify where there is no user. */
  decoy(): Promise<StoredHash>;
  /** True for a hash that is to be replaced at log-in. One that costs more than ours stays. */
  isOutdated(hash: StoredHash): Promise<boolean>;
}

const saltBytes = 16;
const digestBytes = 32;
/** OWASP's second choice. 128 MiB each. */
const scryptCost = { n: 2 ** 17, r: 8, p: 1 };

export function currentHash(settings: Argon2Settings, pepper: Pepper): CurrentHash {
  const argon2Cost = { variant: 'argon2id', version: 19, lanes: 1, ...settings } as const;
  let reported = false;

  async function hasArgon2(): Promise<boolean> {
    if ((await loadArgon2()) !== undefined) return true;
    if (!reported) record('password/no-argon2', 'reported', { used: 'scrypt N=131072 r=8 p=1' });
    reported = true;
    return false;
  }

  async function empty(): Promise<Argon2Hash | ScryptHash> {
    const { keyId } = pepper;
    const rest = {
      ...{ salt: randomBytes(saltBytes), digest: randomBytes(digestBytes) },
      ...(keyId !== undefined && { keyId }),
    };
    return (await hasArgon2())
      ? { algorithm: 'argon2', ...argon2Cost, ...rest }
      : { algorithm: 'scrypt', foreign: false, ...scryptCost, ...rest };
  }

  return {
    async make(password) {
      const form = await empty();
      const bytes = pepper.apply(password, form.keyId);
      const argon2 = await loadArgon2();
      if (form.algorithm === 'argon2' && argon2 !== undefined) {
        return writeArgon2({ ...form, digest: await argon2(form, bytes, form.salt, digestBytes) });
      }
      const scrypt = { algorithm: 'scrypt', foreign: false, ...scryptCost } as const;
      const digest = await computeScrypt(scrypt, bytes, form.salt, digestBytes);
      return writeScrypt({ ...form, ...scrypt, digest });
    },
    decoy: empty,
    async isOutdated(hash) {
      if (hash.algorithm !== 'argon2' && hash.algorithm !== 'scrypt') return true;
      if (hash.keyId !== pepper.keyId || hash.salt.length < saltBytes || hash.digest.length < digestBytes)
        return true;
      const preferred = (await hasArgon2()) ? 'argon2' : 'scrypt';
      if (hash.algorithm !== preferred) return true;
      if (hash.algorithm === 'scrypt') {
        return hash.foreign || hash.r < 8 || hash.n * hash.r * hash.p < scryptCost.n * scryptCost.r;
      }
      const { variant, version, memoryKiB, passes } = hash;
      return (
        variant !== 'argon2id' || version !== 19 || memoryKiB < settings.memoryKiB || passes < settings.passes
      );
    },
  };
}
