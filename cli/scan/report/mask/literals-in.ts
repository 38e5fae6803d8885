import type { TextRange } from './text-range.ts';

export interface Literal extends TextRange {
  /** Where its opening quote is; `at` and `end` are what stands between the quotes. */
  readonly open: number;
}

/**
 * What stands between quotes, of each kind apart and without a parser: an apostrophe in a comment may pair with the quote
 * of a literal. In one pass, however many quotes are escaped or unclosed.
 *
 * @param isWide whether a closing quote may open one as well, so that a stray quote hides no literal behind it
 */
export function* literalsIn(text: string, isWide = false): Generator<Literal> {
  for (const quote of ['"', "'", '`']) {
    for (let open = text.indexOf(quote); open >= 0; ) {
      const { at, isClosed } = closing(text, open + 1, quote);
      if (isClosed) yield { open, at: open + 1, end: at };
      // Behind an unclosed quote, those that were passed over were escaped: they close nothing either.
      open = isClosed && isWide ? at : text.indexOf(quote, at + 1);
    }
  }
}

/** The quote that closes a literal, or the line break, the end of the text, before which nothing does. */
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
