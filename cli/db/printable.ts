const kept = 300;

/**
 * Text of a server or of a schema as a terminal may have it: printable ASCII, the rest as \uXXXX, cut. A name in a
 * database may hold escape sequences and line breaks (CWE-150).
 *
 * @example
 * ```text
 * printable('shop\u001b[2J') -> shop\u001b[2J
 * ```
 */
export function printable(text: string): string {
  const cut = text.length > kept ? `${text.slice(0, kept)}...` : text;
  return cut.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
