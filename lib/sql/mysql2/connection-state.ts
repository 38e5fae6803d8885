import { createLock, type Lock } from '../database/lock.ts';
import type { CoreConnection } from './mysql2-client.ts';

/** What is known of one connection, whichever handles are on it. */
export interface ConnectionState {
  /** One statement at a time: what ends a statement that took too long must not meet another one. */
  readonly lock: Lock;
  /** Rows are being read: MySQL takes no statement before the last one. */
  streaming: boolean;
  /** The server's last word on whether a transaction is open. */
  open: boolean;
}

const states = new WeakMap<CoreConnection, ConnectionState>();

export function stateOf(core: CoreConnection): ConnectionState {
  const known = states.get(core);
  if (known) return known;
  const state = { lock: createLock(), streaming: false, open: false };
  states.set(core, state);
  return state;
}
