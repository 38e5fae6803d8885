/** The error that was thrown, or a new one whose `cause` is the thrown value: some frameworks pass on nothing but an `Error`. */
export function asError(thrown: unknown): Error {
  try {
    if (thrown instanceof Error) return thrown;
  } catch {
    // A proxy whose traps throw.
  }
  return new Error('A value that is not an error was thrown.', { cause: thrown });
}
