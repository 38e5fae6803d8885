import type { Linked } from '../callgraph/linked.ts';

/**
 * Keeps what was found out about a program, by a key: functions call each other in many ways, and a question that is asked again for
 * each of these has no end.
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
