/**
 * Passwords: hashed with argon2id, verified in equal time from a bounded queue, and upgraded at log-in.
 *
 * @module
 */
export type { ChoiceOptions } from './choice/check-choice.ts';
export { type Passwords, passwords, type Verified, type VerifyOptions } from './passwords.ts';
export type { PasswordsOptions } from './passwords-options.ts';
