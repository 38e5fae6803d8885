import { Misuse } from '../../refusal/misuse.ts';
import type { LegacySessions } from './legacy-session.ts';

type Revocable = Pick<LegacySessions<object>, 'kind' | 'revoke'>;

/**
 * For sessions that have `revokeAll`.
 *
 * @throws Misuse `bulwark/invalid-option` if old sessions could not be revoked
 */
export function checkRevocable(legacy: Revocable | undefined): void {
  if (legacy === undefined || legacy.revoke !== undefined) return;
  throw new Misuse(
    'bulwark/invalid-option',
    'revokeAll must also end the sessions of the previous library, and needs a store to record that. ' +
      'Set `spent` of legacySessions, for example to redisSpentSeals(client); memorySpentSeals() is for development.',
  );
}

/** Ends a user's sessions with `end`, and those of the previous library. */
export async function revokeWithLegacy<T>(
  legacy: Revocable | undefined,
  user: string,
  end: () => Promise<T>,
): Promise<T> {
  try {
    // First the note: an old session that is being migrated meets it, or else its new session is there for `end`.
    await legacy?.revoke?.(user);
  } catch (error) {
    // The caller has to try again. What can be ended is ended now.
    await end();
    throw error;
  }
  return await end();
}
