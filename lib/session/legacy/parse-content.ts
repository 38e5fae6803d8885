/** As many levels as a session may have, and one more for the record itself. */
const deepest = 33;

/**
 * The object in the JSON of an old session, without the keys by which a careless merge changes prototypes. Undefined for
 * anything else, and for what is nested too deep to walk.
 */
export function parseContent(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return cleaned(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** The same for a value that a database driver has parsed already. */
export function cleaned(parsed: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  return withoutPrototypeKeys(parsed, 0) ? (parsed as Readonly<Record<string, unknown>>) : undefined;
}

function withoutPrototypeKeys(value: object, depth: number): boolean {
  if (depth > deepest) return false;
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  return Object.values(value).every(
    (item) => typeof item !== 'object' || item === null || withoutPrototypeKeys(item, depth + 1),
  );
}
