import { scryptSync } from 'node:crypto';
import type { FoundSecret } from '../find/found-secret.ts';

/**
 * What an allow list and reports name a secret by. It is slow to compute, so that whoever reads a report cannot quickly try passwords
 * against it, and the kind is part of it.
 */
export function fingerprintOf({ kind, value }: Pick<FoundSecret, 'kind' | 'value'>): string {
  return scryptSync(value, `bulwark-audit-secrets:${kind}`, 10, { N: 1024, r: 8, p: 1 }).toString('hex');
}
