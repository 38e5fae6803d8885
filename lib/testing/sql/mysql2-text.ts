interface Core {
  readonly format?: (text: string, values: unknown, byName?: boolean) => string;
}

/**
 * The text that `query` of this connection sends, by the connection's own rules. A value is put where its placeholder is;
 * a name behind `??`, the keys of a record and whatever has a `toSqlString` become a part of the statement (`mysql.raw`).
 */
export function mysql2Text(connection: object): (args: readonly unknown[], text: string) => string {
  return ([query, second], text) => {
    const beside = typeof second === 'function' ? undefined : second;
    const own = typeof query === 'object' && query !== null ? (query as Record<string, unknown>) : {};
    const values = beside === undefined ? own['values'] : beside;
    const byName = own['namedPlaceholders'];
    const { format } = connection as Core;
    if (typeof format !== 'function') return text;
    try {
      return format.call(
        connection,
        text,
        plain(values ?? []),
        typeof byName === 'boolean' ? byName : undefined,
      );
    } catch {
      // `query` fails as well, and sends nothing.
      return text;
    }
  };
}

/** Numbers have forms that look like code, `-1` and `NaN`, and none that is: one stands for all of them, and for null. */
function plain(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return 0;
  if (value === null || value === undefined) return 0;
  if (Array.isArray(value)) return value.map(plain);
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) return value;
  if (typeof (value as { toSqlString?: unknown }).toSqlString === 'function') return value;
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, plain(each)]));
}
