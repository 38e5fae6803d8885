/**
 * One browser's session, during one request. A change is saved when its promise resolves, and never later, behind the response.
 *
 * A visitor without a session has one too, in which `isNew` is true: nothing is stored, and no cookie is sent, before the first
 * change. What the browser sends never becomes an id: ids are made here.
 */
export interface Session<Data extends object> {
  /** Who is logged in. */
  readonly user: string | undefined;
  /** What the application keeps, frozen, as it was at load or at the last change through this handle. It has no prototype. */
  readonly data: Readonly<Partial<Data>>;
  /** True until something is stored. */
  readonly isNew: boolean;
  /** When the session began. The absolute lifetime counts from here, and rotation doesn't move it. */
  readonly createdAt: Date | undefined;
  /**
   * A value that stands for this session, for tokens that must not work in another one. It changes with the id and says nothing
   * about it. Undefined while nothing is stored.
   */
  readonly binding: string | undefined;
  /**
   * Sets keys. Changes of other keys by concurrent requests are kept; of two changes of one key the later wins.
   *
   * @throws Refusal `session/ended` if the session has ended in the meantime: it isn't revived
   */
  set(changes: Partial<Data>): Promise<void>;
  /** Deletes keys. */
  delete(...keys: (keyof Data & string)[]): Promise<void>;
  /**
   * Changes keys depending on what they hold now, such as a counter. No concurrent change is lost: `change` runs again if another
   * request was faster, so it should only compute.
   *
   * @param change gets the current data, returns the keys to set; `undefined` as a value deletes a key
   */
  update(
    change: (current: Readonly<Partial<Data>>) => { [K in keyof Data]?: Data[K] | undefined },
  ): Promise<void>;
  /**
   * Starts the logged-in session: a new id, with the visitor's data. The visitor's session ends in the same step. An id that
   * someone knew before log-in is worthless after it (session fixation, CWE-384).
   *
   * @param user how the application identifies the user: 1 to 256 characters
   */
  logIn(user: string, changes?: Partial<Data>): Promise<void>;
  /** A new id for the same session. Call it whenever the user's rights change. The old id ends in the same step. */
  rotate(): Promise<void>;
  /** Ends the session and removes the cookie. */
  logOut(): Promise<void>;
}

/** Where `Set-Cookie` lines go. Guards never write to a response themselves. */
export interface CookieSink {
  /** Adds a line. A line for a cookie that has one in this response already takes its place. */
  appendCookie(line: string): void;
  /** Whether it is too late for cookies. */
  headersSent?(): boolean;
}
