/** Fails a call of `query` as pg itself would: by the promise, the callback, or what is thrown at who submits an object. */
export function failPgCall(failure: Error, args: readonly unknown[]): unknown {
  const query = args[0] as { callback?: unknown; submit?: unknown } | string;
  // What submits itself would answer only once it is submitted.
  if (typeof query === 'object' && typeof query.submit === 'function') throw failure;
  const callback =
    args.slice(1, 3).find((arg) => typeof arg === 'function') ??
    (typeof query === 'object' ? query.callback : undefined);
  if (typeof callback !== 'function') return Promise.reject(failure);
  process.nextTick(callback as (error: unknown) => void, failure);
  return undefined;
}
