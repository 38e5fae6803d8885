/** Fails a call of `query`, `execute` or `prepare`: by its callback, or by what is thrown where it has none. */
export function failMysql2Call(failure: Error, args: readonly unknown[]): unknown {
  const callback =
    args.slice(1, 3).find((arg) => typeof arg === 'function') ?? (args[0] as { onResult?: unknown }).onResult;
  if (typeof callback !== 'function') throw failure;
  process.nextTick(callback as (error: unknown) => void, failure);
  return undefined;
}
