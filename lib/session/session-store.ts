/** A session as a store keeps it. Times are milliseconds since the epoch, by the store's clock. */
export interface StoredSession {
  readonly user: string | undefined;
  /** Each key of the application's data, and its value as JSON. */
  readonly data: Readonly<Record<string, string>>;
  /** Counts the changes of the data. */
  readonly version: number;
  readonly createdAt: number;
}

/** What a new record starts with. */
export interface NewSession {
  readonly user: string | undefined;
  readonly data: Readonly<Record<string, string>>;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
}

export interface SessionLifetime {
  readonly idleMs: number;
  /** From the beginning of the session. No operation extends it. */
  readonly absoluteMs: number;
  /** `read` moves the idle expiry only if the last move is older than this, so that most requests write nothing. */
  readonly touchMs: number;
}

export interface SessionPatch {
  readonly set: Readonly<Record<string, string>>;
  /** A key that is set as well is not deleted. */
  readonly delete: readonly string[];
  /** Change nothing unless the record has this version. */
  readonly ifVersion?: number | undefined;
  /** Change nothing if keys and values were longer than this afterwards, in bytes. */
  readonly maxBytes: number;
  /** Unique for each change, so that one that a client sent twice counts once. */
  readonly token: string;
}

export type PatchOutcome = 'changed' | 'conflict' | 'gone' | 'too-large';

export interface StoredDevice {
  readonly key: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
}

export interface ReplaceOptions {
  /**
   * Log-in: the lifetime begins anew, and the record gets the user and keys of the new session. Data of another user doesn't come
   * along.
   */
  readonly begin: boolean;
  readonly maxBytes: number;
  readonly maxPerUser: number;
}

/** How long `remove` ends what took the place of a record. */
export const replacedMs = 300_000;
/** How many keys of one session `remove` and `removeAll` follow. */
export const mostSteps = 8;
/** How long `read` says `replaced`: requests with the old id that were under way arrive still. */
export const racingMs = 30_000;

/** What a store reports at startup: how a session can be lost. */
export interface StoreFinding {
  /** What was found, such as `appendonly is no`. */
  readonly finding: string;
  /** What that means. */
  readonly consequence: string;
}

/**
 * Where server-side sessions are kept. Each operation is atomic, and a record that is gone is never made again: only `create` and
 * `replace` make records, under keys that are new. A key is the SHA-256 of an id in base64url; the store never sees an id.
 *
 * An operation rejects if the store can't be reached. The caller bounds its time.
 */
export interface SessionStore {
  /** For messages and events, such as `redis`. */
  readonly name: string;
  /** True for stores that lose everything with the process. */
  readonly developmentOnly?: boolean;
  /** The record, unless it has expired. `replaced` for one that `replace` has just ended. */
  read(key: string, lifetime: SessionLifetime): Promise<StoredSession | 'replaced' | undefined>;
  /**
   * Makes a record and returns its beginning. Rejects if there is such a record. The user's longest unseen sessions beyond
   * `maxPerUser` end.
   */
  create(key: string, session: NewSession, lifetime: SessionLifetime, maxPerUser: number): Promise<number>;
  /**
   * Ends the record `from` and makes `to` with its user, data and beginning, in one step. `gone`, and nothing happens, without
   * `from`. `read` says `replaced` of `from` for `racingMs`, and `remove` ends what took its place for `replacedMs`.
   */
  replace(
    from: string,
    to: string,
    session: NewSession,
    options: ReplaceOptions,
    lifetime: SessionLifetime,
  ): Promise<StoredSession | 'gone' | 'too-large'>;
  /** Sets and deletes keys of a record that exists. */
  patch(key: string, patch: SessionPatch): Promise<PatchOutcome>;
  /** Ends a session; with `user`, only one of this user. False if there is none. */
  remove(key: string, user?: string): Promise<boolean>;
  /** Ends all sessions of a user, but for `except` and what has taken its place. Returns how many. */
  removeAll(user: string, except?: string): Promise<number>;
  /** A user's sessions, at most `most`, the last seen first. */
  list(user: string, most: number): Promise<readonly StoredDevice[]>;
  /** What could be lost, asked once at startup. */
  inspect?(): Promise<readonly StoreFinding[]>;
}
