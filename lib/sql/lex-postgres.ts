import { hole, templateMisuse } from './template-misuse.ts';

/** What the text around a hole makes of it. A value there is a mistake; a name or a fragment is not. */
export type Place = 'value' | 'table' | 'column' | 'list';

export interface Lexed {
  /** For each hole, in order. */
  readonly places: readonly Place[];
  /** Holes with the word ESCAPE behind them. */
  readonly beforeEscape: readonly number[];
  /** A `--` comment runs to the end, and would swallow what follows. */
  readonly endsInComment: boolean;
  /** Nothing but white space, comments and holes. */
  readonly blank: boolean;
}

// As in PostgreSQL's scan.l: every byte above ASCII belongs to a name.
const word = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const gluing = /[A-Za-z0-9_$\u0080-\uffff]/;
/**
 * Between two literals that PostgreSQL reads as one: white space with a line break in it, and line comments. A comment
 * with a hole in it is left to `lineCommentEnd`, which refuses it.
 */
const continuation = /[ \t\f\v]*(?:--[^\n\r\0]*)?[\n\r](?:[ \t\f\v\n\r]|--[^\n\r\0]*[\n\r])*'/y;
const strange =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0001-\u0008\u000b\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Reads a template as PostgreSQL's scanner does (src/backend/parser/scan.l), as far as it matters for where a
 * placeholder is a placeholder. Throws a `Misuse` where a hole stands inside a literal, a quoted name or a comment,
 * where it would grow together with the text beside it, and for text whose meaning is not certain.
 */
export function lexPostgres(source: string): Lexed {
  const places: Place[] = [];
  const beforeEscape: number[] = [];
  let at = 0;
  /** The token in front of each bracket that is open. */
  const brackets: string[] = [];
  /** The two last tokens in lower case, comments left out. */
  let previous = '';
  let last = '';
  /** How deep the ORDER BY list that is being read is, or -1. */
  let sorting = -1;
  /** The last token is a hole where a sort key starts; the next one says whether it is all of the key. */
  let startsKey = false;
  let endsInComment = false;
  let blank = true;
  const token = (text: string): void => {
    if (startsKey && endsKey.has(text)) places[places.length - 1] = 'column';
    startsKey = false;
    if (last === hole && text === 'escape') beforeEscape.push(places.length - 1);
    previous = last;
    last = text;
    blank &&= text === hole;
  };

  const control = source.search(strange);
  if (control !== -1) throw templateMisuse('sql/ambiguous-text', source, control, controlHint);

  while (at < source.length) {
    const char = source.charAt(at);
    endsInComment = false;
    if (char === hole) {
      refuseGlue(source, at);
      const place = placeOf();
      const key = place === 'value' && (last === 'by' || last === ',') && sorting === brackets.length;
      token(hole);
      places.push(place);
      startsKey = key;
      at++;
    } else if (source.startsWith('--', at)) {
      at = lineCommentEnd(source, at);
      endsInComment = true;
    } else if (source.startsWith('/*', at)) at = blockCommentEnd(source, at);
    else if (char === "'") {
      at = literalEnd(source, at);
      token("'");
    } else if (char === '"') {
      at = quotedNameEnd(source, at);
      token('"');
    } else if (char === '$') {
      at = dollarEnd(source, at);
      token('$');
    } else if (char === ';') throw templateMisuse('sql/several-statements', source, at);
    else if (/\s/.test(char) && char <= ' ') at++;
    else {
      word.lastIndex = at;
      const found = word.exec(source)?.[0];
      if (found) at = readWord(found);
      else {
        if (char === '(' || char === '[') brackets.push(last);
        if (char === ')' || char === ']') brackets.pop();
        if (brackets.length < sorting) sorting = -1;
        token(char);
        at++;
      }
    }
  }
  if (startsKey) places[places.length - 1] = 'column';
  return { places, beforeEscape, endsInComment, blank };

  function readWord(found: string): number {
    const end = at + found.length;
    if (/^e$/i.test(found) && source[end] === "'") {
      token("'");
      return escapeLiteralEnd(source, end);
    }
    token(found.toLowerCase());
    if (last === 'by' && beforeBy.has(previous)) sorting = brackets.length;
    else if (endsSorting.has(last) && brackets.length === sorting) sorting = -1;
    return end;
  }

  function placeOf(): Place {
    const call = brackets.at(-1) ?? '';
    if (beforeTable.has(last)) return 'table';
    if (last === 'from' && previous !== 'distinct' && !takesFrom.has(call)) return 'table';
    return last === 'in' && call !== 'position' ? 'list' : 'value';
  }
}

const beforeTable: ReadonlySet<string> = new Set(['into', 'join', 'table', 'update']);
/** Functions whose arguments are separated by FROM. */
const takesFrom: ReadonlySet<string> = new Set(['extract', 'substring', 'trim', 'overlay']);
const beforeBy: ReadonlySet<string> = new Set(['order', 'group', 'partition']);
const endsSorting: ReadonlySet<string> = new Set([
  ...['limit', 'offset', 'fetch', 'for', 'having', 'window', 'union', 'intersect', 'except'],
  ...['rows', 'range', 'groups', 'returning'],
]);
/** Behind these a hole is the whole sort key, and not an operand of it such as in `order by ${v} <-> embedding`. */
const endsKey: ReadonlySet<string> = new Set([
  ...[',', ')', ']', 'asc', 'desc', 'nulls', 'using', 'collate', 'order', 'limit', 'offset', 'fetch', 'for'],
  ...['having', 'window', 'union', 'intersect', 'except', 'rows', 'range', 'groups', 'returning'],
]);

function refuseGlue(source: string, at: number): void {
  const before = source.charAt(at - 1);
  const after = source.charAt(at + 1);
  if (gluing.test(before) || gluing.test(after)) throw templateMisuse('sql/glued-hole', source, at);
}

function lineCommentEnd(source: string, start: number): number {
  for (let at = start; at < source.length; at++) {
    const char = source[at];
    if (char === '\n' || char === '\r') return at;
    if (char === hole) throw templateMisuse('sql/hole-in-comment', source, at);
  }
  return source.length;
}

/** Comments nest in PostgreSQL. */
function blockCommentEnd(source: string, start: number): number {
  let open = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === hole) throw templateMisuse('sql/hole-in-comment', source, at);
    if (source.startsWith('/*', at)) open++;
    else if (source.startsWith('*/', at)) open--;
    else continue;
    at++;
    if (open === 0) return at + 1;
  }
  throw templateMisuse('sql/unclosed-text', source, start);
}

/** Where backslashes decide which quote closes the literal, the setting standard_conforming_strings would decide. */
function literalEnd(source: string, start: number): number {
  let backslashes = 0;
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at];
    if (char === hole) throw templateMisuse('sql/hole-in-literal', source, at);
    if (char === "'") {
      if (backslashes % 2 === 1) throw templateMisuse('sql/ambiguous-text', source, at - 1, backslashHint);
      if (source[at + 1] !== "'") return at + 1;
      at++;
    }
    backslashes = char === '\\' ? backslashes + 1 : 0;
  }
  throw templateMisuse('sql/unclosed-text', source, start);
}

function escapeLiteralEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at];
    if (char === hole) throw templateMisuse('sql/hole-in-literal', source, at);
    if (char === '\\') {
      if (source[at + 1] === hole) throw templateMisuse('sql/hole-in-literal', source, at + 1);
      at++;
    } else if (char === "'") {
      if (source[at + 1] === "'") at++;
      else {
        continuation.lastIndex = at + 1;
        const more = continuation.exec(source);
        if (!more) return at + 1;
        at = continuation.lastIndex - 1;
      }
    }
  }
  throw templateMisuse('sql/unclosed-text', source, start);
}

function quotedNameEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === hole) throw templateMisuse('sql/hole-in-identifier', source, at);
    if (source[at] !== '"') continue;
    if (source[at + 1] !== '"') return at + 1;
    at++;
  }
  throw templateMisuse('sql/unclosed-text', source, start);
}

function dollarEnd(source: string, start: number): number {
  if (/\d/.test(source.charAt(start + 1))) throw templateMisuse('sql/own-placeholder', source, start);
  dollarTag.lastIndex = start;
  const tag = dollarTag.exec(source)?.[0];
  if (tag === undefined) return start + 1;
  const close = source.indexOf(tag, start + tag.length);
  // In the literal alone: a search to the end for each literal of many would take quadratic time.
  const inside = source.slice(start, close === -1 ? undefined : close).indexOf(hole);
  if (inside !== -1) throw templateMisuse('sql/hole-in-literal', source, start + inside);
  if (close === -1) throw templateMisuse('sql/unclosed-text', source, start);
  return close + tag.length;
}

const controlHint =
  'The text holds a control character or half of a surrogate pair. A backslash in a template is written twice: `\\\\b`.';
const backslashHint =
  "A backslash in front of a quote means one thing or the other by a server setting. Write an E'...' literal, with the " +
  'backslash doubled for SQL and again for JavaScript; LIKE needs no `escape` clause, as backslash is its default.';
