/**
 * Sessions: who the browser is, from one request to the next.
 *
 * @module
 */

export { sessions } from './create-sessions.ts';
export { type MemoryStoreOptions, memoryStore } from './memory-store.ts';
export type { Register, RegisteredSession } from './register.ts';
export type { CookieSink, Session } from './session.ts';
export type { SessionCookieOptions } from './session-cookie.ts';
export type { SessionOptions } from './session-options.ts';
export type {
  NewSession,
  PatchOutcome,
  ReplaceOptions,
  SessionLifetime,
  SessionPatch,
  SessionStore,
  StoredDevice,
  StoredSession,
  StoreFinding,
} from './session-store.ts';
export type { SessionDevice, SessionLoader, Sessions } from './sessions.ts';
