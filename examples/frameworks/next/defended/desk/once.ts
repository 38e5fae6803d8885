const shared = globalThis as typeof globalThis & { desk?: Map<string, unknown> };
shared.desk ??= new Map();
const made = shared.desk;

/** Next.js loads a module once for pages and once for route handlers. What lives in memory has to be made once for both. */
export function once<T>(name: string, make: () => T): T {
  if (!made.has(name)) made.set(name, make());
  return made.get(name) as T;
}
