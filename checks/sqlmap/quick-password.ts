/**
 * Stands in for the defended application's password.ts. Scrypt takes most of the time of a request there, and sqlmap
 * makes thousands; the statement gets 64 hexadecimal digits either way. The account that logs in keeps its own.
 */
import { createHash } from 'node:crypto';
import { hashPassword as slow } from '../../examples/lab/password.ts';
import { admin } from '../../examples/lab/run/seed.ts';

const kept = slow(admin.email, admin.password);

export function hashPassword(email: string, password: string): string {
  if (email === admin.email && password === admin.password) return kept;
  return createHash('sha256').update(`lab:${email}:${password}`).digest('hex');
}
