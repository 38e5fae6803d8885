import { fill } from '../fill.ts';
import type { Dialect, Draft } from '../firewall-case.ts';

/** The dialects of a row: `p`, `m` and `s`, any of them together. */
export type In = 'p' | 'm' | 's' | 'pm' | 'ps' | 'ms' | 'pms';

/** The text with `{v}`, a harmless value, and the values that attack it. */
export type PlaceRow = readonly [dialects: In, text: string, plain: string, values: readonly string[]];

const names: Readonly<Record<string, Dialect>> = { p: 'postgres', m: 'mysql', s: 'sqlite' };

export function dialectsOf(letters: In): Dialect[] {
  return [...letters].map((letter) => names[letter] as Dialect);
}

/** Each value of each row, in each of the row's dialects. */
export function* placeDrafts(rows: readonly PlaceRow[], note: string, source?: string): Generator<Draft> {
  for (const [letters, text, plain, values] of rows) {
    for (const dialect of dialectsOf(letters)) {
      for (const value of values) {
        yield {
          dialect,
          text: fill(text, value),
          twin: fill(text, plain),
          inputs: [value],
          note,
          ...(source === undefined ? {} : { source }),
        };
      }
    }
  }
}
