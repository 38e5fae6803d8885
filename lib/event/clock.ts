/**
 * Time as Node has it, taken when this loads. A test that puts a clock of its own in the place of the global one must not
 * hold up a flush, and what was set on that clock would never ring once it is gone: the sink would stand still for good.
 */
export const now: () => number = performance.now.bind(performance);
export const later: typeof setTimeout = setTimeout;
export const cancel: typeof clearTimeout = clearTimeout;
/** In a worker what was scheduled ends with the request that scheduled it, and nobody would ever be woken. */
const soon: (work: () => void) => void = isNode() ? setImmediate : queueMicrotask;

/** A process that has nothing else to do ends, and does not wait for the timer. */
export function unref(timer: { readonly unref?: () => unknown }): void {
  // Elsewhere a timer is a number.
  timer.unref?.();
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => soon(resolve));
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => later(resolve, ms));
}

export const late: unique symbol = Symbol('late');

/** What `work` gives, or `late` once the time is over. A process that has nothing else to do ends meanwhile. */
export function within<T>(ms: number, work: Promise<T>): Promise<T | typeof late> {
  // Not Promise.race: in a request's context each promise costs, and this runs for each call of a store.
  return new Promise((resolve, reject) => {
    const timer = later(resolve, ms, late);
    unref(timer);
    work.then(
      (value) => {
        cancel(timer);
        resolve(value);
      },
      (error: unknown) => {
        cancel(timer);
        reject(error);
      },
    );
  });
}

function isNode(): boolean {
  const { navigator } = globalThis as { navigator?: { readonly userAgent?: string } };
  return typeof setImmediate === 'function' && navigator?.userAgent !== 'Cloudflare-Workers';
}
