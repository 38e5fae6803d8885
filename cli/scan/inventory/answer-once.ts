import type { Linked } from '../callgraph/linked.ts';
import { memoized } from '../ir/memoized.ts';

/**
 * Computes an answer about a program once for each key. A call graph has exponentially many paths to a function, so it must not
 * be computed again on each path.
 */
export function answerOnce<T>(): (linked: Linked, key: string, find: () => T) => T {
  const all = memoized((_: Linked) => new Map<string, T>());
  return (linked, key, find) => {
    const known = all(linked);
    if (known.has(key)) return known.get(key) as T;
    const found = find();
    known.set(key, found);
    return found;
  };
}
