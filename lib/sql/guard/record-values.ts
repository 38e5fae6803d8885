import type { ReadText } from './read-text.ts';

/** Which values of a text with `?` stand behind SET or ON DUPLICATE KEY UPDATE, where mysql2 makes a list of a record. */
export function recordValues({ lower, tokens }: ReadText): ReadonlySet<number> {
  const found = new Set<number>();
  let last = '';
  let ended = -1;
  let index = 0;
  for (const { kind, start, end } of tokens) {
    if (kind === 'comment') continue;
    if (kind === 'placeholder') {
      // `??` takes one value, a name.
      if (ended === start) continue;
      if (last === 'set' || last === 'update') found.add(index);
      index++;
      ended = end;
    }
    last = kind === 'word' ? lower.slice(start, end) : '';
  }
  return found;
}
