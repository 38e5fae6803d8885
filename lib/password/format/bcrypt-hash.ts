import type { BcryptHash } from '../stored-hash.ts';

/**
 * `$2a$`, `$2b$` and `$2y$` are computed alike for passwords of up to 72 bytes. `$2x$` marks hashes of crypt_blowfish before 1.1, which
 * mixed up characters above ASCII (CVE-2011-2483): passwords that differ had the same hash.
 */
export function parseBcrypt(text: string, prehashed: boolean): BcryptHash | undefined {
  const [encoded, cost] = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(text) ?? [];
  if (encoded === undefined) return undefined;
  return { algorithm: 'bcrypt', cost: Number(cost), encoded, prehashed };
}
