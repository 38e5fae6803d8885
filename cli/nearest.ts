/**
 * Up to three names that `wanted` may have been meant to be: those of which it is a part, then those that few
 * keystrokes away.
 *
 * @example
 * ```text
 * nearest('private-adress', ['fetch/private-address', 'sql/raw']) -> ['fetch/private-address']
 * ```
 */
export function nearest(wanted: string, names: readonly string[]): string[] {
  const typed = wanted.slice(0, 100);
  if (typed === '') return [];
  const holding = names.filter((name) => name.includes(typed));
  const close = names
    .map((name) => ({ name, steps: Math.min(steps(typed, name), steps(typed, name.split('/')[1] ?? name)) }))
    .filter(({ name, steps }) => steps <= Math.max(2, name.length / 4))
    .sort((a, b) => a.steps - b.steps)
    .map(({ name }) => name);
  return [...new Set([...holding, ...close])].slice(0, 3);
}

/** The Levenshtein distance: keystrokes that turn one word into the other. */
function steps(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (let column = 0; column < to.length; column += 1) {
      const replaced = (row[column] ?? 0) + (letter === to[column] ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
