import { holeMark, type SqlToken } from './sql-tokens.ts';

/** A range of a statement that is one value, and so can become a parameter. */
export interface ValuePlace {
  readonly at: number;
  readonly end: number;
  /** Whether it is in quotes, so that it is a string whatever value is inserted. */
  readonly quoted: boolean;
  /** Whether it follows LIMIT or OFFSET. */
  readonly isCount: boolean;
  /** The number of existing placeholders before it. */
  readonly placeholdersBefore: number;
}

/**
 * The ranges of a statement that are single values and contain a hole. Holes that stand for names or lists are omitted.
 * With `takesTextAsLimit`, the values after LIMIT and OFFSET are included.
 */
export function valuePlaces(tokens: readonly SqlToken[], takesTextAsLimit: boolean): ValuePlace[] {
  const places: ValuePlace[] = [];
  let placeholdersBefore = 0;
  tokens.forEach((token, i) => {
    if (token.kind === 'placeholder') placeholdersBefore++;
    const quoted = token.kind === 'text';
    const isOpen = token.kind === 'hole' || (quoted && token.text.includes(holeMark));
    // A doubled quote would have to be a single one in a parameter.
    if (!isOpen || (quoted && /.(''|"").*./s.test(token.text))) return;
    if (!endsValue(tokens, i, quoted) || !beginsValue(tokens, i, quoted, takesTextAsLimit)) return;
    const isCount = /^(?:limit|offset)$/.test(tokens[i - 1]?.text ?? '');
    places.push({ at: token.at, end: token.end, quoted, isCount, placeholdersBefore });
  });
  return places;
}

const behindValue: ReadonlySet<string> = new Set(
  (
    'and or not order group having limit offset returning then else end union intersect except where on for as ' +
    'collate left right inner outer full cross join window fetch set when'
  ).split(' '),
);

function endsValue(tokens: readonly SqlToken[], i: number, quoted: boolean): boolean {
  const token = tokens[i] as SqlToken;
  const next = tokens[i + 1];
  if (!next) return true;
  if ([')', ',', ';', '::'].includes(next.text) || (quoted && next.text === '||')) return true;
  return next.at > token.end && next.kind === 'word' && behindValue.has(next.text);
}

const comparisons: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '>', '<=', '>=', '<=>']);
const textComparisons: ReadonlySet<string> = new Set(['like', 'ilike', 'rlike', 'regexp', 'glob']);
const textFunctions: ReadonlySet<string> = new Set(['lower', 'upper', 'trim']);

function beginsValue(tokens: readonly SqlToken[], i: number, quoted: boolean, textLimit: boolean): boolean {
  const token = tokens[i] as SqlToken;
  const [earlier, before, last] = [tokens[i - 3], tokens[i - 2], tokens[i - 1]];
  if (!last) return false;
  if (last.kind === 'sign') {
    // A computed operand has no type that converts a text.
    if (comparisons.has(last.text)) return quoted || isColumn(tokens, i - 2);
    if (last.text === '(' || last.text === ',') return isInList(tokens, i, quoted);
    return quoted && last.text === '||';
  }
  if (last.kind !== 'word' || last.end === token.at) return false;
  if (textComparisons.has(last.text) || last.text === 'between') return true;
  if (last.text === 'and') return earlier?.text === 'between' && before?.kind !== 'sign';
  return textLimit && (last.text === 'limit' || last.text === 'offset');
}

/** Whether a plain column name ends here: neither a part of a sum, nor an alias of one after HAVING. */
function isColumn(tokens: readonly SqlToken[], end: number): boolean {
  const isName = (at: number): boolean => tokens[at]?.kind === 'word' || tokens[at]?.kind === 'name';
  if (!isName(end)) return false;
  let start = end;
  while (tokens[start - 1]?.text === '.' && isName(start - 2)) start -= 2;
  if (arithmetic.has(tokens[start - 1]?.text ?? '')) return false;
  const clause = tokens.slice(0, start).findLast(({ kind, text }) => kind === 'word' && clauses.has(text));
  return clause?.text !== 'having';
}

const arithmetic: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '||', '&', '|', '<<', '>>']);
const clauses: ReadonlySet<string> = new Set(['where', 'having', 'on', 'set', 'when']);

/** Whether a value is in the parentheses of `values (...)`, `in (...)`, `lower(...)`. */
function isInList(tokens: readonly SqlToken[], i: number, quoted: boolean): boolean {
  let open = openBefore(tokens, i - 1);
  const word = tokens[open - 1]?.text ?? '';
  if (word === 'in') {
    // A hole that is the whole list may hold several values.
    return quoted || tokens[i - 1]?.text !== '(' || tokens[i + 1]?.text !== ')';
  }
  if (textFunctions.has(word)) return quoted && tokens[i - 1]?.text === '(' && tokens[i + 1]?.text === ')';
  while (tokens[open - 1]?.text === ',' && tokens[open - 2]?.text === ')')
    open = openBefore(tokens, open - 3);
  return tokens[open - 1]?.text === 'values';
}

/** The index of the parenthesis that is open at `from`, or 0. */
function openBefore(tokens: readonly SqlToken[], from: number): number {
  let depth = 0;
  for (let i = from; i > 0; i--) {
    const text = tokens[i]?.kind === 'sign' ? tokens[i]?.text : '';
    if (text === ')') depth++;
    else if (text === '(' && depth-- === 0) return i;
  }
  return 0;
}
