import type { Linked } from '../callgraph/linked.ts';
import { memoized } from '../ir/memoized.ts';

/**
 * Returns a function that caches answers about a program. It calls `find` only once for each key. Meant for recursive
 * questions along the call graph, where exponentially many paths may lead to one function, and each path asks for that
 * function's answer.
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
