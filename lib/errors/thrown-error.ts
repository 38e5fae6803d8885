/**
 * An error for whatever was thrown or rejected with. Frameworks continue after `next()` with undefined, null or `'route'`, so a guard
 * that failed with such a value would let the request pass.
 */
export function thrownError(thrown: unknown): object {
  if (typeof thrown === 'object' && thrown !== null) return thrown;
  return new Error('A value that is not an error was thrown.', { cause: thrown });
}
