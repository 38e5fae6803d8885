import { scryptSync } from 'node:crypto';

/** Scrypt, salted with the address, so that equal passwords of two users have different hashes. */
export function hashPassword(email: string, password: string): string {
  return scryptSync(String(password), `lab:${email}`, 32).toString('hex');
}
