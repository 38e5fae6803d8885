/**
 * A value of the command line as an error shows it: quoted, in printable ASCII, cut. What was pasted may hold escape
 * sequences that act on a terminal (CWE-150).
 *
 * @example
 * ```text
 * shown('shop\u001b[2J') -> "shop\u001b[2J"
 * ```
 */
export function shown(value: string): string {
  const cut = value.length > 80 ? `${value.slice(0, 80)}...` : value;
  return JSON.stringify(cut).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
