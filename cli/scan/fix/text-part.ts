/**
 * A piece of a text that code puts together: written letters, or the value of an expression. The letters keep where each
 * of them is written, so that a piece can be replaced and all around it stays as it is.
 */
export type TextPart = Letters | Hole;

export interface Letters {
  readonly kind: 'letters';
  /** What it means, escapes resolved. */
  readonly text: string;
  /** Where each letter is written, and last, where the text ends (before the closing quote). */
  readonly offsets: readonly number[];
  /** The literal it is of: letters of one literal have the same one. */
  readonly literal: Literal;
}

export interface Hole {
  readonly kind: 'hole';
  /** The expression's range, without `${}` and the like. */
  readonly at: number;
  readonly end: number;
  /** All that is replaced with it: `${x}`, or the expression itself. */
  readonly outerAt: number;
  readonly outerEnd: number;
  /** The literal it stands in; undefined for one that is added to a text. */
  readonly literal: Literal | undefined;
}

export interface Literal {
  readonly at: number;
  readonly end: number;
  /** What ends it, and begins it: a quote, a backtick, three quotes. */
  readonly quote: string;
  /** What stands in front of the opening quote: `f`, `r`. */
  readonly prefix: string;
}

/** Text and offsets of what is written from `at` to `end`; undefined for an escape that is none of the usual. */
export function readLetters(
  source: string,
  at: number,
  end: number,
  escapes: ReadonlyMap<string, string>,
): { readonly text: string; readonly offsets: readonly number[] } | undefined {
  let text = '';
  const offsets: number[] = [];
  for (let i = at; i < end; i++) {
    offsets.push(i);
    const letter = source[i] as string;
    if (letter !== '\\') {
      text += letter;
      continue;
    }
    const meant = escapes.get(source[++i] ?? '');
    if (meant === undefined || i >= end) return undefined;
    text += meant;
    if (meant === '') offsets.pop();
  }
  offsets.push(end);
  return { text, offsets };
}
