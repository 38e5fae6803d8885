import { randomBytes } from 'node:crypto';
import type { NewSession, SessionLifetime, SessionPatch, SessionStore } from '../../lib/session/index.ts';

export const lifetime: SessionLifetime = { idleMs: 60_000, absoluteMs: 600_000, touchMs: 30_000 };
export const visitor: NewSession = { user: undefined, data: {}, userAgent: undefined, address: undefined };

export function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Tests share a server, so each has users of its own. */
export function uniqueUser(): string {
  return `user ${newKey()}`;
}

export function patchOf(set: Record<string, string>, more: Partial<SessionPatch> = {}): SessionPatch {
  return { set, delete: [], maxBytes: 1000, token: newKey(), ...more };
}

export function of(user: string, data: Record<string, string> = {}): NewSession {
  return { ...visitor, user, data };
}

/** Makes a record under a new key. */
export async function create(
  store: SessionStore,
  session: NewSession = visitor,
  times: SessionLifetime = lifetime,
  maxPerUser = 100,
): Promise<string> {
  const key = newKey();
  await store.create(key, session, times, maxPerUser);
  return key;
}
