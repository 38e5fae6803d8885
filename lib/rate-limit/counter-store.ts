/** A counter and what it allows: so many points in a window that begins with the first of them. */
export interface Counter {
  /** A hash: nothing that a client sent is in it. */
  readonly key: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** How a counter stands after a call. */
export interface Count {
  /** False if the points would have exceeded the limit. Then none of them were counted. */
  readonly taken: boolean;
  /** The points that are counted in this window. */
  readonly used: number;
  /** Until the window ends: more than 0, and at most the window. */
  readonly resetMs: number;
}

/**
 * Where counters are kept. Each method is one atomic step, so that parallel calls never take more than the limit.
 *
 * A store times windows by one clock: its server's, or a monotonic one. Methods reject if the store fails; the limiter decides what
 * that means.
 */
export interface CounterStore {
  /** Its name in events, such as `redis`. With `memory`, `fail` may be left out: that store does not fail. */
  readonly kind: string;
  /** Counts the points, unless that would exceed the limit. */
  take(counter: Counter, points: number): Promise<Count>;
  /** Counts the points, whatever the limit is. */
  add(counter: Counter, points: number): Promise<Count>;
  /**
   * Takes points back, if the window they were counted in still runs. It never creates a counter and never goes below 0: what is
   * given back late must not allow more requests in a later window.
   *
   * @param resetMs how long that window still runs, as far as the caller knows
   * @returns how many points were taken back
   */
  giveBack(counter: Counter, points: number, resetMs: number): Promise<number>;
  /** Removes a counter. @returns how many points it had in a window that still ran */
  clear(key: string): Promise<number>;
}
