import { expectTypeOf, it } from 'vitest';
import type { Keyring } from '../../secrets/keyring.ts';
import type { Session } from '../session.ts';
import type { EpochStore } from './epoch-store.ts';
import { sealedSessions } from './sealed-sessions.ts';

declare const keys: Keyring;
declare const epochs: EpochStore;

it('has no way to revoke without a store', () => {
  const sessions = sealedSessions<{ cart: string[] }>({ keys });
  expectTypeOf(sessions).not.toHaveProperty('revoke');
  expectTypeOf(sessions).not.toHaveProperty('revokeAll');
  expectTypeOf(sessions).not.toHaveProperty('revokeOthers');
  expectTypeOf(sessions).not.toHaveProperty('list');
  expectTypeOf(sessions.of).returns.toEqualTypeOf<Session<{ cart: string[] }>>();
});

it('can end all sessions of a user with an epoch store, and still lists no devices', () => {
  const sessions = sealedSessions<{ cart: string[] }>({ keys, epochs });
  expectTypeOf(sessions.revokeAll).toEqualTypeOf<(user: string) => Promise<void>>();
  expectTypeOf(sessions).not.toHaveProperty('revoke');
  expectTypeOf(sessions).not.toHaveProperty('list');
});
