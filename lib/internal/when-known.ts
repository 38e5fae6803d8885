/** Passes a value on: at once where it is there, since a promise costs most in a request's context, and otherwise when its promise has it. */
export function whenKnown<T, R>(value: T | Promise<T>, next: (known: T) => R | Promise<R>): R | Promise<R> {
  return isPromise(value) ? value.then(next) : next(value);
}

/** Not by `instanceof`: async functions return Node's own promises, also where a library such as Bluebird or zone.js has replaced `Promise`. */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}
