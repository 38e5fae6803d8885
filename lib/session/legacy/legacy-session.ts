import type { AnyRequest } from '../../request/any-request.ts';
import type { Session } from '../session.ts';

/** A session of the previous library, read and mapped, and not used up yet. */
export interface LegacySession<Data extends object> {
  readonly user: string | undefined;
  readonly data: Partial<Data>;
  /**
   * Uses it up: true for one caller only, ever.
   *
   * @throws Refusal `session/store-unavailable`
   */
  claim(): Promise<boolean>;
  /**
   * Whether `revoke` was called for its user.
   *
   * @throws Refusal `session/store-unavailable`
   */
  isRevoked(): Promise<boolean>;
}

/** What `legacySessions` of `bulwark/session/legacy` returns, for the option `legacy`. */
export interface LegacySessions<Data extends object> {
  readonly kind: 'express-session' | 'cookie-session' | 'iron-session';
  /** The previous library's cookies. */
  readonly cookieNames: readonly string[];
  /** The lines that remove what the request has of them; none for a request without. */
  cookiesToClear(request: AnyRequest): readonly string[];
  /**
   * The request's old session, if it has one that is valid; `spent` if it is known to have been used up. Uses nothing up.
   *
   * @throws Refusal `session/store-unavailable`
   */
  read(request: AnyRequest): Promise<LegacySession<Data> | 'spent' | undefined>;
  /**
   * Records that no old session of this user may be migrated from now on. Undefined without `spent`, which would record it.
   *
   * @throws Refusal `session/store-unavailable`
   */
  readonly revoke: ((user: string) => Promise<void>) | undefined;
}

/** A session that may turn out to belong to another request. */
export interface MigratingSession<Data extends object> extends Session<Data> {
  /** @param maxPerUser how many sessions the user may have then; the oldest of more end. As it was set up, by default. */
  logIn(user: string, changes?: Partial<Data>, maxPerUser?: number): Promise<void>;
  /**
   * Makes it anonymous until the request ends, and refuses changes with `session/ended`: the cookie of such a change would replace the
   * one that the other request has sent. `logIn` is not refused.
   */
  endHere(): void;
}
