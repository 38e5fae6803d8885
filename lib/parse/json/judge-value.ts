/** The result of a walk through parsed JSON. */
export interface ValueFacts {
  readonly keys: number;
  readonly items: number;
  /** Levels of objects and arrays, counted up to one more than the limit. */
  readonly depth: number;
  /** A number is beyond 2^53 - 1, or so close to it that its text may be. */
  readonly largeNumber: boolean;
}

/**
 * Counts the values that JSON.parse returned, level by level, without recursion. It stops at the first level beyond the depth limit.
 *
 * @param inherited whether objects inherit enumerable properties, because a prototype is polluted
 */
export function judgeValue(root: unknown, maxDepth: number, inherited: boolean): ValueFacts {
  let [keys, items, depth] = [0, 0, 0];
  let largeNumber = isLarge(root);
  let next: object[] = typeof root === 'object' && root !== null ? [root] : [];
  while (next.length > 0 && depth <= maxDepth) {
    const level = next;
    next = [];
    depth++;
    if (depth > maxDepth) break;
    for (let n = 0; n < level.length; n++) {
      const one = level[n] as object;
      if (Array.isArray(one)) {
        items += one.length;
        for (let i = 0; i < one.length; i++) {
          const value: unknown = one[i];
          if (typeof value === 'object') {
            if (value !== null) next.push(value);
          } else if (isLarge(value)) largeNumber = true;
        }
        continue;
      }
      for (const key in one) {
        if (inherited && !Object.hasOwn(one, key)) continue;
        keys++;
        const value: unknown = (one as Record<string, unknown>)[key];
        if (typeof value === 'object') {
          if (value !== null) next.push(value);
        } else if (isLarge(value)) largeNumber = true;
      }
    }
  }
  return { keys, items, depth, largeNumber };
}

function isLarge(value: unknown): boolean {
  return typeof value === 'number' && (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER);
}
