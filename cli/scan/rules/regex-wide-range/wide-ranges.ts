import type { RegexDialect } from '../../regex/syntax.ts';

/** A character range that contains more than it seems to. */
export interface WideRange {
  readonly text: string;
  /** Characters in the range that its author most likely did not expect: `_` and others in `A-z`. */
  readonly also: string;
}

const maxSource = 4000;
/** One item of a character class: an escape, or a character. */
const item = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|c[A-Za-z]|[pP]\{[^}]*\}|.)|./suy;

/** The same expression is checked at each of its uses, so results are kept, within a bound. */
const cache = new Map<string, WideRange | null>();

/** The first wide range in the character classes of a regular expression. Undefined if there is none. */
export function wideRange(source: string, dialect: RegexDialect): WideRange | undefined {
  if (source.length > maxSource || !source.includes('-')) return undefined;
  const key = `${dialect} ${source}`;
  let it = cache.get(key);
  if (it === undefined) {
    it = find(source, dialect) ?? null;
    if (cache.size > 2000) cache.clear();
    cache.set(key, it);
  }
  return it ?? undefined;
}

function find(source: string, dialect: RegexDialect): WideRange | undefined {
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '[') {
      const { items, end } = readClass(source, i, dialect);
      const wide = wideIn(items);
      if (wide) return wide;
      i = end;
    }
  }
  return undefined;
}

/** The items of a character class, and where it ends. Empty if it has no end. */
function readClass(
  source: string,
  from: number,
  dialect: RegexDialect,
): { readonly items: readonly string[]; readonly end: number } {
  let at = from + 1;
  if (source[at] === '^') at++;
  const items: string[] = [];
  for (let first = true; at < source.length; first = false) {
    // In Python, `]` right after the opening bracket is a character. In JavaScript, `[]` is an empty class.
    if (source[at] === ']' && !(first && dialect === 're')) return { items, end: at };
    item.lastIndex = at;
    const text = item.exec(source)?.[0] ?? (source[at] as string);
    items.push(text);
    at += text.length;
  }
  return { items: [], end: source.length };
}

type Range = readonly [low: string, high: string];

/** What else is in the character class. */
interface Beside {
  /** Several ranges begin or end with a punctuation character. */
  readonly isOfSigns: boolean;
  /** Letters or digits have a range or an escape of their own. */
  readonly isNamed: boolean;
}

function wideIn(items: readonly string[]): WideRange | undefined {
  const ranges = rangesOf(items);
  if (ranges.length === 0) return undefined;
  const signed = ranges.filter(
    ([low, high]) => kindOf(plain(low)) === 'sign' || kindOf(plain(high)) === 'sign',
  );
  const beside: Beside = {
    isOfSigns: signed.length > 1,
    isNamed:
      items.some((text) => /^\\[wds]$/.test(text)) ||
      ranges.some(([low, high]) => /^(a-z|A-Z|0-9)$/.test(`${low}-${high}`)),
  };
  for (const range of ranges) {
    const wide = wideness(range, beside);
    if (wide) return wide;
  }
  return undefined;
}

function rangesOf(items: readonly string[]): Range[] {
  const ranges: Range[] = [];
  for (let i = 0; i < items.length; i++) {
    const [low, dash, high] = [items[i] as string, items[i + 1], items[i + 2]];
    if (dash !== '-' || high === undefined) continue;
    if (!isSet(low) && !isSet(high)) ranges.push([low, high]);
    i += 2;
  }
  return ranges;
}

function isSet(text: string): boolean {
  return /^\\[dDwWsSpPb]/.test(text);
}

function wideness([low, high]: Range, beside: Beside): WideRange | undefined {
  // Whoever writes a character's number knows which character it is.
  if ([low, high].some((text) => /^\\[xuc0-9]/.test(text))) return undefined;
  const [from, to] = [plain(low), plain(high)];
  const text = `${low}-${high}`;
  if (from.length !== 1 || to.length !== 1 || from >= to || to > '~') return undefined;
  const kinds = [kindOf(from), kindOf(to)];
  const also = signsIn(from, to);
  if (kinds[0] === kinds[1] && kinds[0] !== 'sign') return undefined;
  if (!kinds.includes('sign')) return also === '' ? undefined : { text, also };
  return isMeant(from, to, kinds, beside) ? undefined : { text, also: between(from, to) };
}

function plain(text: string): string {
  return text.length === 2 && text.startsWith('\\') && /[^A-Za-z0-9]/.test(text[1] as string)
    ? (text[1] as string)
    : text;
}

function kindOf(char: string): 'upper' | 'lower' | 'digit' | 'sign' {
  if (char >= 'a' && char <= 'z') return 'lower';
  if (char >= 'A' && char <= 'Z') return 'upper';
  return char >= '0' && char <= '9' ? 'digit' : 'sign';
}

/** Whether a range is intended: all printable characters, a block of punctuation, or whole rows of the ASCII table. */
function isMeant(from: string, to: string, kinds: readonly string[], beside: Beside): boolean {
  // `[ -~]`, `[!-~]`, `[#-~]`, `[!-9]`: printable characters, except for a few.
  if (to === '~' || to === '}' || from === ' ' || from === '!' || from === '\t') return true;
  // `[@-_]` and `[0-?]` are whole rows of the ASCII table, as in patterns for terminal sequences.
  if (from.charCodeAt(0) % 16 === 0 && to.charCodeAt(0) % 16 === 15) return true;
  const isSigns = [...between(from, to)].every((char) => kindOf(char) === 'sign');
  // `[!-/:-@[-`{-~]`. Ranges such as `[,-.]` and `[+-/]` contain only punctuation, `-` included.
  if (isSigns) return true;
  // `[@-Z]`, `[0-@]`: several such ranges follow a table.
  if (beside.isOfSigns) return true;
  // `[*-Z]` of a grammar. If the class also names letters or digits, the dash was meant as a character.
  return !beside.isNamed && !(kinds[0] === 'sign' && kinds[1] === 'sign');
}

function between(from: string, to: string): string {
  let text = '';
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) text += String.fromCharCode(code);
  return text;
}

function signsIn(from: string, to: string): string {
  return [...between(from, to)].filter((char) => kindOf(char) === 'sign').join('');
}
