/**
 * An epoch for each user: a random value that each of the user's sealed sessions carries. When it is removed, none of them is valid
 * any more, and the next log-in begins a new epoch. A store that forgets epochs ends sessions, and never brings one back.
 */
export interface EpochStore {
  /** For messages and events, such as `redis`. */
  readonly name: string;
  /** The user's epoch; undefined if there is none or it has expired. */
  read(user: string): Promise<string | undefined>;
  /**
   * Keeps the epoch that the user has, or else begins `fresh`, in one atomic step. It lives on for at least `seconds`.
   *
   * @returns the epoch that the user has now
   */
  begin(user: string, fresh: string, seconds: number): Promise<string>;
  /** Removes the user's epoch. */
  remove(user: string): Promise<void>;
}
