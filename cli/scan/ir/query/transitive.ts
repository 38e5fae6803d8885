/**
 * What is reached from some values by any number of steps, breadth first, each once. The search stops when it holds
 * more than `limit` values: an attacker writes the code that is searched.
 *
 * @param next where one step leads. It may also collect what it sees.
 * @example
 * // The values that a value is made of.
 * transitive([value], maxSteps, (at) => operandsOf(code[at]));
 */
export function transitive<T>(
  starts: Iterable<T>,
  limit: number,
  next: (at: T) => Iterable<T>,
): ReadonlySet<T> {
  // A set that grows while it is walked.
  const reached = new Set(starts);
  for (const at of reached) {
    if (reached.size > limit) break;
    for (const one of next(at)) reached.add(one);
  }
  return reached;
}
