import type { Delimiter } from './csv-options.ts';

/**
 * Cells that a spreadsheet runs start with one of these, in either width (OWASP, CSV injection; CWE-1236). Programs skip white space, control
 * characters and empty quotes before it.
 */
const formula = /^'*["\s\0-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const starts = /[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** The characters of numbers, telephone numbers, dates and dashes: they call nothing and refer to nothing. A colon in a time is harmless too. */
const harmless = /^[-+\d\s.,;()/%]$/;
/** At most 41 characters. */
const exponent = /^[-+]?\d{1,17}(?:\.\d{1,17})?[eE][-+]?\d{1,3}$/;

/**
 * In another locale, a program splits a line at another separator, so a cell may start in the middle of a field. A line break also starts a cell,
 * because that program does not see the quotes.
 */
const otherSeparators: Readonly<Record<Delimiter, RegExp>> = {
  ',': /([;\t\r\n])/,
  ';': /([,\t\r\n])/,
  '\t': /([,;\r\n])/,
  '|': /([,;\t\r\n])/,
};

/** Puts an apostrophe before each cell that would be a formula. Everything else is returned unchanged. */
export function quoteFormulas(text: string, delimiter: Delimiter): string {
  return eachFormula(text, delimiter, (cell) => `'${cell}`);
}

/** Removes the apostrophes again: for every text, `unquoteFormulas(quoteFormulas(text))` is the text. */
export function unquoteFormulas(text: string, delimiter: Delimiter): string {
  // Whether a cell is a formula does not depend on its apostrophes, nor on those of later cells, so the two functions always agree.
  return text.includes("'")
    ? eachFormula(text, delimiter, (cell) => (cell.startsWith("'") ? cell.slice(1) : cell))
    : text;
}

function eachFormula(text: string, delimiter: Delimiter, change: (cell: string) => string): string {
  if (!starts.test(text)) return text;
  const tail = harmlessTail(text);
  let at = 0;
  return text
    .split(otherSeparators[delimiter])
    .map((cell) => {
      const start = at;
      at += cell.length;
      if (!formula.test(cell)) return cell;
      const content = start + (/^'*/.exec(cell)?.[0].length ?? 0);
      // Only text that is harmless up to the end of the field: a formula may have several lines.
      return content >= tail || exponent.test(text.slice(content, content + 48)) ? cell : change(cell);
    })
    .join('');
}

/** Where the text starts to be harmless up to its end. */
function harmlessTail(text: string): number {
  let tail = text.length;
  while (tail > 0 && isHarmless(text, tail - 1)) tail--;
  return tail;
}

function isHarmless(text: string, at: number): boolean {
  const unit = text[at] as string;
  return unit === ':' ? isInTime(text, at) : harmless.test(unit);
}

/** A colon between hours and minutes, or minutes and seconds. Otherwise, `-1:3` refers to three rows. */
function isInTime(text: string, colon: number): boolean {
  const [before, after] = [text.slice(Math.max(0, colon - 3), colon), text.slice(colon + 1, colon + 4)];
  return /(?:^|\D)\d\d?$/.test(before) && /^[0-5]\d(?:\D|$)/.test(after);
}
