import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { newSessionId } from './session-id.ts';
import type { SessionLifetime, SessionStore, StoredSession } from './session-store.ts';
import type { StoreCalls } from './store-calls.ts';

export interface Changes {
  /** Of the data that they were computed from. */
  readonly version: number;
  readonly set: Readonly<Record<string, string>>;
  readonly delete: readonly string[];
}

interface UpdateContext {
  readonly store: SessionStore;
  readonly calls: StoreCalls;
  readonly lifetime: SessionLifetime;
  readonly maxBytes: number;
}

const mostTries = 40;
const longestPauseMs = 50;

/**
 * Compares and swaps until no other request was faster.
 *
 * @param compute the changes of what was just read; of what is known already at first
 * @returns the changes that were saved, with the new version; undefined if the session is gone
 */
export async function updateLoop(
  context: UpdateContext,
  key: string,
  compute: (reread: StoredSession | undefined) => Changes,
): Promise<Changes | undefined> {
  const { store, calls, lifetime, maxBytes } = context;
  let changes = compute(undefined);
  for (let tries = 1; tries <= mostTries; tries++) {
    const { version: ifVersion, set, delete: remove } = changes;
    if (Object.keys(set).length === 0 && remove.length === 0) return changes;
    const patch = { set, delete: remove, ifVersion, maxBytes, token: newSessionId() };
    const outcome = await calls.run('update', () => store.patch(key, patch));
    if (outcome === 'changed') return { ...changes, version: ifVersion + 1 };
    if (outcome === 'gone') return undefined;
    if (outcome === 'too-large') refuse(deny('session/too-large', { reason: 'bytes', limit: maxBytes }));
    // At random, so that those who collided don't collide again.
    await pause(Math.random() * Math.min(longestPauseMs, 2 ** tries));
    const stored = await calls.run('update', () => store.read(key, lifetime));
    if (stored === undefined || stored === 'replaced') return undefined;
    changes = compute(stored);
  }
  refuse(deny('session/contention', { tries: mostTries, retryAfterSeconds: 1 }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
