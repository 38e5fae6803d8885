/** A cell of a row: its text between `from` and `to`, without quotes around it. */
export interface Cell {
  readonly from: number;
  readonly to: number;
}

const maxCells = 200;

/**
 * Reads one row from `start`: SQL values up to the closing parenthesis, or a table row up to the end of the line. If the
 * text was cut, the last cell ends with it.
 */
export function readCells(
  text: string,
  start: number,
  { delimiter, closer }: { readonly delimiter: string; readonly closer: ')' | '\n' },
): { cells: readonly Cell[]; end: number } {
  const quotes = closer === ')' ? '\'"`' : '"';
  const cells: Cell[] = [];
  let from = start;
  let depth = 0;
  let at = start;
  for (; at < text.length && cells.length < maxCells; at++) {
    const sign = text.charAt(at);
    if (quotes.includes(sign)) at = closingQuote(text, at, sign);
    else if (sign === closer && depth === 0) break;
    else if (closer === ')' && sign === '(') depth++;
    else if (closer === ')' && sign === ')') depth--;
    else if (sign === delimiter && depth === 0) {
      cells.push(within(text, from, at));
      from = at + 1;
    }
  }
  const end = Math.min(at, text.length);
  cells.push(within(text, from, end));
  return { cells, end: end + 1 };
}

/** The quote that closes the one at `at`: neither doubled nor escaped. */
function closingQuote(text: string, at: number, quote: string): number {
  for (let i = at + 1; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\\') i++;
    else if (sign === quote && text[i + 1] === quote) i++;
    else if (sign === quote) return i;
  }
  return text.length;
}

function within(text: string, from: number, to: number): Cell {
  const cell = text.slice(from, to);
  const before = /^\s{0,100}(?:[A-Za-z]{0,2}["'])?/.exec(cell)?.[0].length ?? 0;
  const after = /["']?[\s]{0,100}$/.exec(cell.slice(Math.max(before, cell.length - 100)))?.[0].length ?? 0;
  return { from: from + before, to: to - after };
}
