import { createHash } from 'node:crypto';
import { installed } from '../../internal/installed.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { BcryptHash } from '../stored-hash.ts';

/** True where bcrypt matches: it reads 72 bytes of the password, and the caller judges what that means. */
export async function verifyBcrypt(hash: BcryptHash, password: string): Promise<boolean> {
  const { verify } = await loadBcrypt();
  const given = hash.prehashed ? createHash('sha256').update(password).digest('hex') : password;
  return verify(given, hash.encoded);
}

/** The import is inside `try`, because bundlers then accept that the package is absent. `.catch` isn't enough for them. */
async function loadBcrypt(): Promise<typeof import('@node-rs/bcrypt')> {
  try {
    return installed(await import('@node-rs/bcrypt'), 'verify');
  } catch (cause) {
    throw new Misuse('password/library-missing', 'The package is @node-rs/bcrypt.', { cause });
  }
}

/** bcrypt reads so many bytes. Two passwords that differ only behind them have the same hash. */
export const bcryptBytes = 72;
