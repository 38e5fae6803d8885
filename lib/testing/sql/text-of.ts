/** A statement is a text, or an object that has it: pg's `{ text }`, mysql2's `{ sql }`, a stream around a cursor. */
export function textOf(query: unknown, key: 'text' | 'sql'): string | undefined {
  if (typeof query === 'string') return query;
  if (typeof query !== 'object' || query === null) return undefined;
  const own = (query as Record<string, unknown>)[key] ?? textOf((query as { cursor?: unknown }).cursor, key);
  return typeof own === 'string' ? own : undefined;
}
