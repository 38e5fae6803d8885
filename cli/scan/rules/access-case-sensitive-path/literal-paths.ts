const maxSource = 200;
const maxPaths = 12;

/**
 * Returns the literal beginnings of the paths that a regular expression matches: `^\/admin(\/.*)?$` -> `/admin`;
 * `^\/(admin|api)` -> `/admin` and `/api`. A beginning ends before the first part that is no literal, such as `[aA]`.
 * Beginnings without a letter are left out.
 */
export function literalPaths(source: string): readonly string[] {
  if (source.length > maxSource) return [];
  const [start, at] = literalAt(source, source.startsWith('^') ? 1 : 0);
  const group = /^\((?:\?:)?([\w|/\\-]+)\)/.exec(source.slice(at));
  const all = group?.[1] ? group[1].split('|').map((part) => start + part.replaceAll('\\', '')) : [start];
  return all.slice(0, maxPaths).filter((path) => /[a-z]/i.test(path));
}

/** The literal text from a place on, and its end. */
function literalAt(source: string, from: number): readonly [string, number] {
  let text = '';
  let at = from;
  while (at < source.length) {
    const isEscaped = source[at] === '\\';
    const one = source[at + (isEscaped ? 1 : 0)] ?? '';
    const next = at + (isEscaped ? 2 : 1);
    // `\w` is a class, and an optional letter is no part of the text.
    if (isEscaped ? /\w/.test(one) || one === '' : !/[\w/-]/.test(one)) break;
    if (/[*?{]/.test(source[next] ?? '')) break;
    text += one;
    at = next;
  }
  return [text, at];
}
