import type { Linked } from '../callgraph/linked.ts';
import { memoized } from '../ir/memoized.ts';

/**
 * Returns a function that computes an answer about a program once for each key, with `find`, and then returns the kept
 * answer. Meant for questions that follow the call graph: exponentially many paths may lead to one function, and each of
 * them asks for its answer.
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
