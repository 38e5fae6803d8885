import type { AnyRequest } from '../request/any-request.ts';
import type { CookieSink, Session } from './session.ts';

/** What every kind of session has: a handle for each request. */
export interface SessionLoader<Data extends object> {
  /** Reads the request's session. A second call for the same request returns the same handle. */
  load(request: AnyRequest, cookies: CookieSink): Promise<Session<Data>>;
  /**
   * The session that was loaded for this request.
   *
   * @throws Misuse `session/not-loaded`
   */
  of(request: AnyRequest): Session<Data>;
  /** The name of the cookie, such as `__Host-session`. */
  readonly cookieName: string;
}

/** One of a user's sessions, for a page such as "your devices". */
export interface SessionDevice {
  /** For `revoke`. It is not the cookie's value, and no one can log in with it. */
  readonly id: string;
  readonly createdAt: Date;
  /** Accurate to about a minute. */
  readonly lastSeenAt: Date;
  /** The User-Agent header at log-in, at most 256 characters. Untrusted: escape it. */
  readonly userAgent: string | undefined;
  /** The client's address at log-in. */
  readonly address: string | undefined;
  /** Whether it is the session that was given to `list`. */
  readonly current: boolean;
}

/** Server-side sessions: valid only while their record is in the store. */
export interface Sessions<Data extends object> extends SessionLoader<Data> {
  /**
   * Ends one session. Takes the id of a `SessionDevice`.
   *
   * @param user with it, only a session of this user ends: give it where the id comes from a request
   * @returns whether there was such a session
   */
  revoke(id: string, user?: string): Promise<boolean>;
  /** Ends all sessions of a user, for instance after a password reset. Returns how many. */
  revokeAll(user: string): Promise<number>;
  /** Ends all sessions of the user except this one. Returns how many. */
  revokeOthers(session: Session<Data>): Promise<number>;
  /**
   * A user's sessions, the last seen first.
   *
   * @param session the one of this request, to tell which device is `current`
   */
  list(user: string, session?: Session<Data>): Promise<readonly SessionDevice[]>;
}
