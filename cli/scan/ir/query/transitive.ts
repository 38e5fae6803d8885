/**
 * All values that are reachable from `starts`, breadth first, each once. The search stops when it has more than `limit`
 * values: an attacker may have written the code that is searched.
 * @param next the successors of a value. It may also collect results.
 * @example
 * // The values that a value is made of.
 * transitive([value], maxSteps, (at) => operandsOf(code[at]));
 */
export function transitive<T>(
  starts: Iterable<T>,
  limit: number,
  next: (at: T) => Iterable<T>,
): ReadonlySet<T> {
  // Values that are added during the iteration are visited too.
  const reached = new Set(starts);
  for (const at of reached) {
    if (reached.size > limit) break;
    for (const one of next(at)) reached.add(one);
  }
  return reached;
}
