/** `bulwark/password` with a fast hash, and no opinion on a password. */
import type { Passwords } from 'bulwark/password';
import { hashPassword } from '../undefended/password.ts';

export const passwords = (): Passwords => ({
  check: () => ({ allow: true }),
  hash: async (password) => hashPassword(String(password)),
  verify: async (password, stored) => ({ ok: stored === hashPassword(String(password)) }),
});
