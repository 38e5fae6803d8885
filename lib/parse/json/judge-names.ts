/** The first name in parsed data that can change a prototype. It calls nothing in the data, and doesn't recurse. */
export function dangerousKeyIn(root: unknown): string | undefined {
  const open: unknown[] = [root];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    if (Object.hasOwn(one, '__proto__')) return '__proto__';
    const inner: unknown = Object.hasOwn(one, 'constructor')
      ? (one as { constructor: unknown }).constructor
      : undefined;
    if (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype')) {
      return 'constructor.prototype';
    }
    for (const value of Object.values(one)) open.push(value);
  }
  return undefined;
}

/** Whether a string or a name in parsed data has half a surrogate pair. */
export function halfPairIn(root: unknown): boolean {
  const open: unknown[] = [root];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one === 'string' && !one.isWellFormed()) return true;
    if (typeof one !== 'object' || one === null) continue;
    for (const [key, value] of Object.entries(one)) {
      if (!key.isWellFormed()) return true;
      open.push(value);
    }
  }
  return false;
}
