import { isProduction } from '../../internal/is-production.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { EpochStore } from './epoch-store.ts';

export interface MemoryEpochsOptions {
  /** Allows it with NODE_ENV=production, where a restart ends all sessions, and only one process may serve. */
  readonly allowInProduction?: boolean;
}

interface Epoch {
  readonly value: string;
  readonly until: number;
}

/**
 * Epochs in this process, for development and tests.
 *
 * @throws Misuse `session/not-for-production`
 *
 * @example
 * ```ts
 * import { memoryEpochs, sealedSessions } from 'bulwark/session/sealed';
 * import { keyring } from 'bulwark/secrets';
 *
 * const keys = keyring(process.env['SESSION_KEY'] ?? '');
 * const sessions = sealedSessions<{ cart: string }>({ keys, epochs: memoryEpochs() });
 * await sessions.revokeAll('u17');
 * ```
 */
export function memoryEpochs(options: MemoryEpochsOptions = {}): EpochStore {
  const { allowInProduction = false } = knownOptions(options, ['allowInProduction']);
  if (typeof allowInProduction !== 'boolean') {
    throw new Misuse('bulwark/invalid-option', 'allowInProduction is true or false.');
  }
  if (isProduction() && !allowInProduction) {
    throw new Misuse('session/not-for-production', 'memoryEpochs() is for development.');
  }
  const epochs = new Map<string, Epoch>();
  const valid = (user: string): Epoch | undefined => {
    const epoch = epochs.get(user);
    return epoch !== undefined && epoch.until > Date.now() ? epoch : undefined;
  };
  let sweepAt = 1_000;
  return {
    name: 'memory',
    read: async (user) => valid(user)?.value,
    async begin(user, fresh, seconds) {
      const former = valid(user);
      const until = Math.max(former?.until ?? 0, Date.now() + seconds * 1_000);
      const { value } = former ?? { value: fresh };
      epochs.set(user, { value, until });
      if (epochs.size > sweepAt) {
        for (const known of epochs.keys()) if (valid(known) === undefined) epochs.delete(known);
        sweepAt = Math.max(1_000, 2 * epochs.size);
      }
      return value;
    },
    async remove(user) {
      epochs.delete(user);
    },
  };
}
