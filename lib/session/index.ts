/**
 * Sessions: who the browser is, from one request to the next.
 *
 * @module
 */
export type { CookieSink, Session } from './session.ts';
export type { SessionCookieOptions } from './session-cookie.ts';
export type {
  NewSession,
  PatchOutcome,
  SessionLifetime,
  SessionPatch,
  SessionStore,
  StoredDevice,
  StoredSession,
  StoreFinding,
} from './session-store.ts';
export type { SessionDevice, SessionLoader, Sessions } from './sessions.ts';
