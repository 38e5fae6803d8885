import type { Linked } from '../callgraph/linked.ts';
import { memoized } from '../ir/memoized.ts';

/**
 * Caches answers about a program by a key. Call graphs have many paths to a function, so asking again on each path would not end.
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
