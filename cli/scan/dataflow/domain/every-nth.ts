/** Evaluates the Python slice `items[from:to:step]`. A negative step goes backwards. Empty for a step of 0. */
export function everyNth<T>(
  items: readonly T[],
  from: number | undefined,
  to: number | undefined,
  step = 1,
): T[] {
  const picked: T[] = [];
  // Python raises an error for a step of zero.
  if (step === 0) return picked;
  const isForward = step > 0;
  const [first, last] = isForward ? [0, items.length] : [-1, items.length - 1];
  const placeOf = (bound: number): number =>
    Math.min(Math.max(bound < 0 ? bound + items.length : bound, first), last);
  const start = from === undefined ? (isForward ? first : last) : placeOf(from);
  const end = to === undefined ? (isForward ? last : first) : placeOf(to);
  for (let at = start; isForward ? at < end : at > end; at += step) picked.push(items[at] as T);
  return picked;
}
