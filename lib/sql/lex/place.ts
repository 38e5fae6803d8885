import type { DialectName } from './dialect-name.ts';
import { hole } from './template-misuse.ts';
import type { TokenKind } from './token.ts';

/** What the text around a hole makes of it. A value there is a mistake; a name or a fragment is not. */
export type Place = 'value' | 'table' | 'column' | 'list';

/** Takes the tokens of a template in order, without its comments, and tells what its holes are. */
export interface Places {
  /** `text` is a word in lower case, and the first character of anything else. */
  add(kind: TokenKind, text: string): void;
  finish(): { readonly places: readonly Place[]; readonly beforeEscape: readonly number[] };
}

export function createPlaces(dialect: DialectName): Places {
  const beforeTable = tableWords[dialect];
  const places: Place[] = [];
  const beforeEscape: number[] = [];
  /** The token in front of each bracket that is open. */
  const brackets: string[] = [];
  let previous = '';
  let last = '';
  /** The first token. */
  let first = '';
  /** How deep the ORDER BY list that is being read is, or -1. */
  let sorting = -1;
  /** The last token is a hole where a sort key starts; the next one says whether it is all of the key. */
  let startsKey = false;

  return { add, finish };

  function add(kind: TokenKind, text: string): void {
    let key = false;
    if (kind === 'hole') {
      const place = placeHere();
      key = place === 'value' && (last === 'by' || last === ',') && sorting === brackets.length;
      settle(text);
      places.push(place);
    } else {
      if (kind === 'operator') countBracket(text);
      settle(text);
      if (last === hole && text === 'escape') beforeEscape.push(places.length - 1);
    }
    startsKey = key;
    if (first === '') first = text;
    previous = last;
    last = text;
    if (kind !== 'word') return;
    if (text === 'by' && beforeBy.has(previous)) sorting = brackets.length;
    else if (endsSorting.has(text) && brackets.length === sorting) sorting = -1;
  }

  function settle(text: string): void {
    if (startsKey && (endsKey.has(text) || endsSorting.has(text))) places[places.length - 1] = 'column';
  }

  function countBracket(text: string): void {
    if (text === '(' || text === '[') brackets.push(last);
    if (text === ')' || text === ']') brackets.pop();
    if (brackets.length < sorting) sorting = -1;
  }

  function placeHere(): Place {
    const call = brackets.at(-1) ?? '';
    // On SQLite it names a file, by an expression. Elsewhere there is none.
    if (first === 'vacuum' && last === 'into') return 'value';
    if (beforeTable.has(last)) return 'table';
    if (last === 'from' && previous !== 'distinct' && !takesFrom.has(call)) return 'table';
    return last === 'in' && call !== 'position' ? 'list' : 'value';
  }

  function finish(): { readonly places: readonly Place[]; readonly beforeEscape: readonly number[] } {
    if (startsKey) places[places.length - 1] = 'column';
    return { places, beforeEscape };
  }
}

const everywhere = ['into', 'join', 'table', 'update'];
/** Words with a table behind them. MySQL needs no INTO, and has words of its own in between, as SQLite's `or ignore`. */
const tableWords: Readonly<Record<DialectName, ReadonlySet<string>>> = {
  postgres: new Set(everywhere),
  mysql: new Set([...everywhere, 'insert', 'replace', 'ignore', 'low_priority', 'straight_join', 'truncate']),
  sqlite: new Set([...everywhere, 'ignore']),
};
/** Functions whose arguments are separated by FROM. */
const takesFrom: ReadonlySet<string> = new Set(['extract', 'substring', 'substr', 'mid', 'trim', 'overlay']);
const beforeBy: ReadonlySet<string> = new Set(['order', 'group', 'partition']);
const endsSorting: ReadonlySet<string> = new Set([
  ...['limit', 'offset', 'fetch', 'for', 'having', 'window', 'union', 'intersect', 'except'],
  ...['rows', 'range', 'groups', 'returning', 'separator', 'lock'],
]);
/** With those that end the list: behind these a hole is the whole sort key, and not an operand of it. */
const endsKey: ReadonlySet<string> = new Set([
  ...[',', ')', ']', 'asc', 'desc', 'nulls', 'using', 'collate', 'order', 'with'],
]);
