import type { Linked } from '../callgraph/linked.ts';

/**
 * Caches answers about a program by a key. Call graphs have many paths to a function, so asking again on each path would not end.
 */
export function answerOnce<T>(): (linked: Linked, key: string, find: () => T) => T {
  const all = new WeakMap<Linked, Map<string, T>>();
  return (linked, key, find) => {
    let known = all.get(linked);
    if (!known) {
      known = new Map();
      all.set(linked, known);
    }
    if (known.has(key)) return known.get(key) as T;
    const found = find();
    known.set(key, found);
    return found;
  };
}
