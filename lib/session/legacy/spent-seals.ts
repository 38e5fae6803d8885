/**
 * Remembers which users `revokeAll` was called for, and which old cookies have been used. An old cookie that holds its session stays valid until its secret goes: without such
 * a memory, a copy of it works again after the user has logged out (CWE-294, CWE-613).
 */
export interface SpentSeals {
  /** For messages and events, such as `redis`. */
  readonly name: string;
  /**
   * True for the first call with this hash, false for all others, also for concurrent ones and in other processes.
   *
   * @param until when it may be forgotten, in milliseconds since the epoch
   */
  claim(hash: string, until: number): Promise<boolean>;
  /** Whether `claim` was called with this hash, in whatever process, as soon as that call has resolved. */
  has(hash: string): Promise<boolean>;
}
