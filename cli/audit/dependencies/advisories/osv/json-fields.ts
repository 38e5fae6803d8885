export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object of JSON: none of them is inherited. */
export function fields(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

export function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** A text of at most 10,000 characters. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 10_000) : undefined;
}

export function texts(value: unknown): readonly string[] {
  return (list(value) ?? []).filter((one): one is string => typeof one === 'string');
}
