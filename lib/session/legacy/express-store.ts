import { Misuse } from '../../refusal/misuse.ts';
import type { OldStore } from './old-store.ts';

type Callback = (error?: unknown, record?: unknown) => void;

/** What this file uses of a store of express-session. */
export interface ExpressStore {
  get(id: string, callback: Callback): unknown;
  destroy(id: string, callback?: Callback): unknown;
}

/**
 * Any other store of express-session, such as connect-mongo. Such stores don't say who deleted a record, so `legacySessions` needs
 * `spent` with it.
 *
 * @example
 * ```ts
 * import { expressStore } from 'bulwark/session/legacy';
 * import session from 'express-session';
 *
 * expressStore(new session.MemoryStore()).removesBlindly; // true
 * ```
 */
export function expressStore(store: ExpressStore): OldStore {
  if (typeof Object(store).get !== 'function' || typeof store.destroy !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'The store is one of express-session, with get and destroy.');
  }
  return {
    name: 'express-store',
    removesBlindly: true,
    read: (id) =>
      new Promise((resolve, reject) => {
        store.get(id, (error, record) => (error ? reject(error) : resolve(record ?? undefined)));
      }),
    remove: (id) =>
      new Promise((resolve, reject) => {
        store.destroy(id, (error) => (error ? reject(error) : resolve(true)));
      }),
  };
}
