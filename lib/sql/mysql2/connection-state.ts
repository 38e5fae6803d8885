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
  /** Where it is off, each statement opens a transaction that somebody has to commit. */
  autocommit: boolean;
  /** How often the server said so. */
  told: number;
}

const states = new WeakMap<CoreConnection, ConnectionState>();

export function stateOf(core: CoreConnection): ConnectionState {
  const known = states.get(core);
  if (known) return known;
  const state = { lock: createLock(), streaming: false, open: false, autocommit: true, told: 0 };
  states.set(core, state);
  return state;
}
