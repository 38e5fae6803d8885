/**
 * The lines of the first places where a pattern matches, by what its first group holds. Where a parser gives no positions, this finds
 * the keys of a file that a program wrote.
 *
 * @param pattern with the flags `g` and `m`
 */
export function keyLines(text: string, pattern: RegExp, from = 0): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const counter = lineCounter(text);
  pattern.lastIndex = from;
  for (const match of text.matchAll(pattern)) {
    const key = match[1] ?? '';
    if (!lines.has(key)) lines.set(key, counter(match.index + match[0].indexOf(key)));
  }
  return lines;
}

/** The line of a position, from 1 on, for positions that grow. */
export function lineCounter(text: string): (position: number) => number {
  let line = 1;
  let at = 0;
  return (position) => {
    for (let next = text.indexOf('\n', at); next >= 0 && next < position; next = text.indexOf('\n', at)) {
      line++;
      at = next + 1;
    }
    return line;
  };
}
