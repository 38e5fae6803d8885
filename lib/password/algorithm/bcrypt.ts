import { createHash } from 'node:crypto';
import { Misuse } from '../../refusal/misuse.ts';
import type { BcryptHash } from '../stored-hash.ts';

/** True where bcrypt matches: it reads 72 bytes of the password, and the caller judges what that means. */
export async function verifyBcrypt(hash: BcryptHash, password: string): Promise<boolean> {
  const { verify } = await import('@node-rs/bcrypt').catch((cause: unknown) => {
    throw new Misuse('password/library-missing', 'The package is @node-rs/bcrypt.', { cause });
  });
  const given = hash.prehashed ? createHash('sha256').update(password).digest('hex') : password;
  return verify(given, hash.encoded);
}

/** bcrypt reads so many bytes. Two passwords that differ only behind them have the same hash. */
export const bcryptBytes = 72;
