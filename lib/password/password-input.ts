import { type Denied, deny } from '../refusal/decision.ts';

/** A password as it came, and as it is hashed. */
export interface PasswordInput {
  readonly raw: string;
  /** In Unicode's NFKC, so that the same keys on another device give the same bytes (NIST SP 800-63B). */
  readonly normalized: string;
}

/** Enough for 256 characters of any script. A longer password would be a load, not a password. */
const maxPasswordBytes = 1_024;

/** Reads untrusted input. A body parser may have made an array or an object of it. */
export function readPassword(value: unknown): PasswordInput | Denied<'password/invalid-password'> {
  if (typeof value !== 'string') return deny('password/invalid-password', { reason: 'not-a-string' });
  // The length comes first: counting the bytes of a megabyte is work that the sender chooses.
  if (value.length > maxPasswordBytes || Buffer.byteLength(value) > maxPasswordBytes) {
    return deny('password/invalid-password', { reason: 'too-long' });
  }
  if (/\p{Surrogate}/u.test(value)) return deny('password/invalid-password', { reason: 'malformed-unicode' });
  // HMAC fills its key up with NULs, so that PBKDF2 and scrypt give such a password the same hash as without them.
  if (value.endsWith('\0')) return deny('password/invalid-password', { reason: 'ends-with-nul' });
  return { raw: value, normalized: value.normalize('NFKC') };
}
