import type { TextRange } from './text-range.ts';

export interface Literal extends TextRange {
  /** The offset of its opening quote; `at` and `end` are its content. */
  readonly open: number;
}

/**
 * Finds the texts between quotes, without a parser. Each kind of quote is searched for separately, because an apostrophe in
 * a comment could pair with the quote of a literal. Runs in linear time, however many quotes are escaped or unclosed.
 * @param isWide whether a closing quote may also open a literal, so that a stray quote hides no literal after it
 */
export function* literalsIn(text: string, isWide = false): Generator<Literal> {
  for (const quote of ['"', "'", '`']) {
    for (let open = text.indexOf(quote); open >= 0; ) {
      const { at, isClosed } = closing(text, open + 1, quote);
      if (isClosed) yield { open, at: open + 1, end: at };
      // After an unclosed quote, the quotes that were skipped are escaped, and close no literal either.
      open = isClosed && isWide ? at : text.indexOf(quote, at + 1);
    }
  }
}

/** The closing quote of a literal; if there is none, the line break or the end of the text. */
function closing(
  text: string,
  from: number,
  quote: string,
): { readonly at: number; readonly isClosed: boolean } {
  let at = from;
  for (; at < text.length; at++) {
    const sign = text[at];
    if (sign === quote) return { at, isClosed: true };
    if (sign === '\n' && quote !== '`') break;
    if (sign === '\\') at++;
  }
  return { at: Math.min(at, text.length), isClosed: false };
}
