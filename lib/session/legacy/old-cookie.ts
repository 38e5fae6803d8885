/** What an old cookie says, once it is known to be authentic. */
export interface OldCookie {
  /** Stands for this cookie and no other one, in memory of what was used. No secret: a hash. */
  readonly hash: string;
  /** When it expires by itself, in milliseconds since the epoch; undefined where the format has no such time. */
  readonly expiresAt: number | undefined;
}

/** A cookie that holds its session. */
export interface OldSealedCookie extends OldCookie {
  readonly content: Readonly<Record<string, unknown>>;
}

/** A cookie that names a record of a store. */
export interface OldSessionId extends OldCookie {
  readonly id: string;
}

/** Why an old cookie is not used. */
export type OldCookieFault = 'malformed' | 'not-authentic' | 'expired';

export function isFault<T extends object>(read: T | OldCookieFault): read is OldCookieFault {
  return typeof read === 'string';
}
