import { counterKey } from './counter-key.ts';
import type { GuardedStore, Held } from './guarded-store.ts';

/**
 * What one spelling of a name has used of a counter that all spellings share. A log-in clears no more than that: if the
 * database treats the spellings as different, its account may not be the one that is being guessed.
 */
export interface LoginShare {
  /** Gives back all that this spelling has used. */
  clear(): Promise<void>;
  /** Gives back only this attempt. */
  giveBack(): Promise<void>;
}

/** Nothing in the store refuses a share: the counter has done that. */
const noLimit = 1_000_000_000;
const slackMs = 100;

export async function takeShare(
  store: GuardedStore,
  held: Held,
  prefix: string,
  typed: string,
): Promise<LoginShare> {
  const share = await counted(store, held, prefix, typed);
  const giveBack = async (points: number): Promise<void> => {
    if (points > 0) await store.giveBack({ ...held, points });
  };
  return {
    clear: async () => giveBack(share === undefined ? 1 : await store.drain(share)),
    giveBack: async () => giveBack(share === undefined ? 1 : await store.giveBack(share)),
  };
}

async function counted(
  store: GuardedStore,
  held: Held,
  prefix: string,
  typed: string,
): Promise<Held | undefined> {
  // It ends before the counter's window does, or it would give back in the next window what was used in this one.
  const leftMs = held.endsAt - performance.now() - store.timeoutMs - slackMs;
  const windowSeconds = Math.floor(leftMs / 1000);
  if (windowSeconds < 1) return undefined;
  const key = counterKey(prefix, ['login', 'share', held.counter.key, typed]);
  const share = await store.take({ key, limit: noLimit, windowSeconds }, 1);
  if (typeof share === 'string') return undefined;
  if (share.store === held.store) return share;
  // The store failed or came back in between, so earlier attempts were counted elsewhere.
  await store.giveBack(share);
  return undefined;
}
