/** A map of a parsed file; an empty one for anything else. Only its own keys are ever read. */
export type Values = Readonly<Record<string, unknown>>;

export function valuesOf(value: unknown): Values {
  return isMap(value) ? value : {};
}

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an own key. */
export function valueAt(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The text of an own key that is not empty. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function mapAt(value: unknown, key: string): Values {
  return valuesOf(valueAt(value, key));
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = valueAt(value, key);
  return Array.isArray(found) ? found : [];
}

export function textsAt(value: unknown, key: string): readonly string[] {
  return listAt(value, key).filter((one) => typeof one === 'string');
}

/** Names and texts of a map: `{ "express": "^4" }`. */
export function textEntries(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(valuesOf(value)).flatMap(([key, one]) =>
    typeof one === 'string' ? [[key, one] as const] : [],
  );
}
