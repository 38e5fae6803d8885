/** Where a value is in a text, without its quotes. `to` is exclusive. */
export interface ValueSpan {
  readonly from: number;
  readonly to: number;
  readonly kind: 'quoted' | 'bare' | 'structure';
}

/** Reads the value that begins at `start`. Its quotes, brackets or block say where it ends. */
export function valueAt(text: string, start: number): ValueSpan {
  opening.lastIndex = start;
  const quote = opening.exec(text)?.[1];
  if (quote !== undefined) {
    const from = opening.lastIndex;
    return { from, to: closingOf(text, from, quote), kind: 'quoted' };
  }
  const first = text[start];
  if (first === '<') {
    const end = endOf(delimited, text, start);
    if (end > start) return { from: start, to: end, kind: 'bare' };
  }
  if (text.startsWith('[redacted]', start))
    return { from: start, to: endOf(bare, text, start), kind: 'bare' };
  if ((first === '{' || first === '[' || first === '(') && !template.test(text.slice(start, start + 3))) {
    const braced = first === '{' ? bracedEnd(text, start) : 0;
    return braced > 0
      ? { from: start + 1, to: braced, kind: 'quoted' }
      : { from: start, to: start, kind: 'structure' };
  }
  if (first === '|' || first === '>') {
    const end = endOf(block, text, start);
    if (end > start) return { from: start, to: text[end - 1] === '\n' ? end - 1 : end, kind: 'quoted' };
  }
  const end = endOf(bare, text, start);
  const digits = /^(\d+)[,;}\])]+$/.exec(text.slice(start, end))?.[1];
  return { from: start, to: digits === undefined ? end : start + digits.length, kind: 'bare' };
}

/** The end of an unquoted value. `valueAt` reads its first 1,000 characters only, so that time stays linear. */
export function wholeEnd(text: string, { from, to, kind }: ValueSpan): number {
  let end = to;
  if (kind === 'bare' && to - from >= 1000) {
    for (let next = endOf(bare, text, end); next > end; next = endOf(bare, text, end)) end = next;
  }
  return end;
}

/** True where a quoted value begins. */
export function isQuotedAt(text: string, start: number): boolean {
  opening.lastIndex = start;
  return opening.test(text);
}

/** Quotes: single, triple, escaped, encoded, or with a prefix such as `N'`, `b"` or `E'`. */
const opening =
  /(?:[bBuUnNrReEfF]{1,2}(?=["'])|[@$](?="))?("""|'''|""(?=\w)|''(?=\w)|\\{0,7}["'`]|\$\$|\\{1,4}u002[27]|%(?:25){0,2}2[27]|&(?:quot|apos|#0?3[49]|#x2[27]);)/y;

const template = /^(?:\{\{|\{%|\(\?|\{[,;)\]]|\(\))/;

/** ODBC: `PWD={a;b}}c}`. A closing brace inside the value is doubled. */
function bracedEnd(text: string, start: number): number {
  if (!/(?:^|[;{?&"'\s])(?:pwd|password)\s?=\s?$/i.test(text.slice(Math.max(0, start - 14), start))) return 0;
  if (!/;\s?(?:uid|pwd|password)\s?=\s?$/i.test(text.slice(Math.max(0, start - 12), start))) {
    const driver = text.slice(Math.max(0, start - 200), start + 400);
    if (!/\b(?:driver|dsn|server|uid|user id)\s?=/i.test(driver)) return 0;
  }
  braced.lastIndex = start + 1;
  return braced.exec(text) ? braced.lastIndex : 0;
}

const braced = /(?:[^}]|\}\}){1,400}(?=\}|$)/y;

/** Finds the closing quote, after as many backslashes as the opening one. Doubled and escaped quotes belong to the value. */
function closingOf(text: string, from: number, quote: string): number {
  const end = closings.get(quote) ?? closing(quote);
  end.lastIndex = from;
  let first = -1;
  for (let found = end.exec(text); found; found = end.exec(text)) {
    const [piece] = found;
    if (quote.length > 1) return found.index;
    if (piece === quote + quote && found.index === from) return from;
    if (piece !== quote) continue;
    // A quote before a word seldom closes: 'it\\'s' inside JSON.
    if (!/\w/.test(text.charAt(end.lastIndex))) return found.index;
    if (first < 0) first = found.index;
    else if (found.index > first + 200) return first;
  }
  return first < 0 ? text.length : first;
}

function closing(quote: string): RegExp {
  const last = quote.at(-1) as string;
  const literal = quote.replace(/[$\\&;%#]/g, '\\$&');
  const made =
    quote.length === 1
      ? new RegExp(`\\\\[^]|${last}${last}?`, 'g')
      : new RegExp(quote.startsWith('\\') ? `(?<!\\\\)${literal}` : literal, 'gi');
  closings.set(quote, made);
  return made;
}

const closings = new Map<string, RegExp>();

/**
 * Up to a space, `&`, the next pair of a list (`; name=`), a tag, or a quote that closes the surrounding string. Quotes and
 * brackets followed by more text belong to the value.
 */
const bare =
  /(?:(?![,;](?:\s|$))(?!(?:[;,|]|\\{1,4}[nr])\s?\\{0,4}["'`]?\w[\w .-]{0,39}\\{0,4}["'`]?\s?[=:])(?!\\{0,4}(?:["'`]|u002[267])(?:[\s,;:)}\]>&|+/\\]|\.(?:\s|$)|$))(?!\\{1,4}u000[9ad])(?!<(?:[/!]|(?:br|p|div|span|b|i|a|td|tr|li|ul|h\d|code|pre|em|strong|input|img|script|hr|form|label)\b))(?!>(?:[\s<]|$))[^\s&]){1,1000}/y;

const delimited =
  /<(?:Buffer|SlowBuffer|bytes)(?: [\da-f]{2}){1,400}[^<>]{0,40}>|<[\w -]{1,40}>(?=[\s"',;)\]}]|$)/y;

/** A YAML block: the indented lines that follow. */
const block = /[|>][-+\d]{0,2}[ \t]*\r?\n(?:[ \t]+[^\n]*(?:\n|$)){1,100}/y;

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(text) ? pattern.lastIndex : start;
}
