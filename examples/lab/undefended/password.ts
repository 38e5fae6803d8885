import { createHash } from 'node:crypto';

export function hashPassword(password: string): string {
  return createHash('sha256').update(String(password)).digest('hex');
}
