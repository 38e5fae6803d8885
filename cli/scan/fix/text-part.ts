/**
 * A part of a string that code builds: literal letters, or a hole, which stands for the value of an expression. Letters
 * have their source range, so that a part can be replaced without changes around it.
 */
export type TextPart = Letters | Hole;

export interface Letters {
  readonly kind: 'letters';
  /** The letters, with escapes resolved. */
  readonly text: string;
  /**
   * The source offset of each letter. The last entry is the offset of the end of the text, before the closing quote.
   */
  readonly offsets: readonly number[];
  /** The literal that contains them. Letters of one literal share the object. */
  readonly literal: Literal;
}

export interface Hole {
  readonly kind: 'hole';
  /** Where the expression begins and ends in the source, in UTF-16 units, without `${}` and the like. */
  readonly at: number;
  readonly end: number;
  /**
   * The range to replace along with the expression: `${x}` in a template literal, otherwise the expression itself with
   * its parentheses.
   */
  readonly outerAt: number;
  readonly outerEnd: number;
  /** The literal that contains the expression. Undefined for an expression that is concatenated. */
  readonly literal: Literal | undefined;
}

export interface Literal {
  readonly at: number;
  readonly end: number;
  /** Its delimiter: a quote, a backtick, three quotes. */
  readonly quote: string;
  /** The prefix of the opening quote: `f`, `r`. */
  readonly prefix: string;
}

/**
 * The letters of a literal from offset `at` to `end` of the source, with escapes resolved and the offset of each letter.
 * Undefined for an unusual escape.
 */
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
