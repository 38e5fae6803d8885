/**
 * Returns a function that computes its result once for each key, and keeps the result for as long as the key lives. The
 * key is usually a function, a module or a whole program.
 *
 * @param compute must depend on nothing but the key, and must not call the memoized function with the same key
 * @example
 * const callsIn = memoized((func: Func) => func.code.filter(isCall));
 * callsIn(func) === callsIn(func); // true
 */
export function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly result: V }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) {
      entry = { result: compute(key) };
      known.set(key, entry);
    }
    return entry.result;
  };
}

/**
 * `memoized` for two keys, such as a program and the index of one of its functions. Results are kept for as long as the
 * first key lives.
 *
 * @param meanwhile the result that `compute` gets if it calls the memoized function with the same pair of keys. Without
 *   `meanwhile`, this recursion does not end
 */
export function memoizedPair<K extends object, L, V>(
  compute: (key: K, second: L) => V,
  meanwhile?: { readonly result: V },
): (key: K, second: L) => V {
  const ofKey = memoized((_: K) => new Map<L, { readonly result: V }>());
  return (key, second) => {
    const known = ofKey(key);
    let entry = known.get(second);
    if (!entry) {
      if (meanwhile) known.set(second, meanwhile);
      entry = { result: compute(key, second) };
      known.set(second, entry);
    }
    return entry.result;
  };
}
