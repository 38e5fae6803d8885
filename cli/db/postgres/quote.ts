/**
 * A name as PostgreSQL reads it back, in printable ASCII: the rest is escaped (`U&"\001b"`), so that no name acts on a
 * terminal or ends a comment, and the statement is still the right one. Needs standard_conforming_strings, the default.
 *
 * @example
 * ```text
 * identifier('or"ders')   -> "or""ders"
 * identifier('a\nb')      -> U&"a\000ab"
 * ```
 */
export function identifier(name: string): string {
  const doubled = name.replaceAll('"', '""');
  return isPlain(name) ? `"${doubled}"` : `U&"${escaped(doubled)}"`;
}

/** A string, in the same way. A backslash needs no care: in `'...'` it is a letter. */
export function literal(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return isPlain(text) ? `'${doubled}'` : `U&'${escaped(doubled)}'`;
}

export function qualified(schema: string, name: string): string {
  return `${identifier(schema)}.${identifier(name)}`;
}

/** A body of DO, in a dollar quote that nothing in it ends. */
export function dollarQuoted(body: string): string {
  let tag = '$bulwark$';
  for (let number = 1; body.includes(tag); number += 1) tag = `$bulwark${number}$`;
  return `${tag}${body}${tag}`;
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function escaped(text: string): string {
  return [...text]
    .map((character) => {
      if (character === '\\') return '\\\\';
      if (isPlain(character)) return character;
      const point = (character.codePointAt(0) ?? 0).toString(16);
      return point.length > 4 ? `\\+${point.padStart(6, '0')}` : `\\${point.padStart(4, '0')}`;
    })
    .join('');
}
