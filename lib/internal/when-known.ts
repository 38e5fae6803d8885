/** Passes a value on: at once where it is there, since a promise costs most in a request's context, and otherwise when its promise has it. */
export function whenKnown<T, R>(value: T | Promise<T>, next: (known: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
