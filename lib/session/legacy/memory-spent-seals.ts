import { isProduction } from '../../internal/is-production.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { SpentSeals } from './spent-seals.ts';

export interface MemorySpentSealsOptions {
  /** Allows it with NODE_ENV=production: old cookies work again after each restart, and once in each process. */
  readonly allowInProduction?: boolean;
}

const mostSeals = 100_000;

/**
 * Used cookies, remembered in this process. For development and tests.
 *
 * @throws Misuse `session/not-for-production`
 *
 * @example
 * ```ts
 * import { memorySpentSeals } from 'bulwark/session/legacy';
 *
 * const spent = memorySpentSeals();
 * await spent.claim('a hash', Date.now() + 60_000); // true
 * await spent.claim('a hash', Date.now() + 60_000); // false
 * ```
 */
export function memorySpentSeals(options: MemorySpentSealsOptions = {}): SpentSeals {
  const { allowInProduction = false } = knownOptions(options, ['allowInProduction']);
  if (typeof allowInProduction !== 'boolean') {
    throw new Misuse('bulwark/invalid-option', 'allowInProduction is true or false.');
  }
  if (isProduction() && !allowInProduction) {
    throw new Misuse('session/not-for-production', 'memorySpentSeals forgets which old cookies were used.');
  }
  const spent = new Map<string, number>();
  return {
    name: 'memory',
    async claim(hash, until) {
      const known = spent.get(hash);
      if (known !== undefined && known > Date.now()) return false;
      if (spent.size >= mostSeals) forgetExpired(spent);
      // To forget one that is valid still would let it be used again.
      if (spent.size >= mostSeals) throw new Error(`More than ${mostSeals} old cookies are remembered.`);
      spent.set(hash, until);
      return true;
    },
    async has(hash) {
      return (spent.get(hash) ?? 0) > Date.now();
    },
  };
}

function forgetExpired(spent: Map<string, number>): void {
  const now = Date.now();
  for (const [hash, until] of spent) if (until <= now) spent.delete(hash);
}
