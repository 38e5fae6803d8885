/** A piece of text, and whether it is what one should look at. */
export interface MarkedPiece {
  readonly text: string;
  readonly marked: boolean;
}

/** Splits a text at what is to be marked in it. */
export function mark(text: string, what: readonly string[]): readonly MarkedPiece[] {
  const wanted = what.filter(Boolean);
  const pieces: MarkedPiece[] = [];
  let at = 0;
  while (at < text.length) {
    let [from, length] = [text.length, 0];
    for (const one of wanted) {
      const found = text.indexOf(one, at);
      if (found !== -1 && found < from) [from, length] = [found, one.length];
    }
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false });
    if (length > 0) pieces.push({ text: text.slice(from, from + length), marked: true });
    at = from + length;
  }
  return pieces;
}
