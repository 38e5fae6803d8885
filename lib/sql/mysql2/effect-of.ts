/**
 * What a statement does to the transaction that it runs in, by its first words: `ends` it (MySQL commits before it
 * defines a table), `may-end` it inside of a procedure, `reads`, or `other`.
 */
export type Effect = 'ends' | 'may-end' | 'reads' | 'other';

/** A statement that is not known here is noticed afterwards, by what the server says of the transaction. */
export function effectOf(text: string): Effect {
  const [first = '', second = ''] = firstWords(text);
  if (reading.has(first)) return 'reads';
  if (calling.has(first)) return 'may-end';
  if (first === 'begin') return second === 'not' ? 'may-end' : 'ends';
  if (first === 'rollback')
    return /^rollback(?: work)? to\b/.test(firstWords(text).join(' ')) ? 'other' : 'ends';
  if (first === 'create' || first === 'drop')
    return firstWords(text).includes('temporary') ? 'other' : 'ends';
  return ending.has(first) ? 'ends' : 'other';
}

const reading: ReadonlySet<string> = new Set([
  ...['select', 'with', 'values', 'table', 'show', 'explain', 'describe', 'desc', 'help'],
]);
const calling: ReadonlySet<string> = new Set(['call', 'execute']);
const ending: ReadonlySet<string> = new Set([
  ...['alter', 'commit', 'grant', 'lock', 'rename', 'revoke', 'start', 'truncate'],
]);

/** At most four: `create or replace temporary`. */
function firstWords(text: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (words.length < 4) {
    at = behindSpace(text, at);
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    if (found === undefined) break;
    words.push(found.toLowerCase());
    at += found.length;
  }
  return words;
}

const word = /[a-z_]{1,32}/iy;
const space = /[\s(]+/y;

/** Behind white space, comments and opening brackets. */
function behindSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    space.lastIndex = at;
    if (space.test(text)) at = space.lastIndex;
    const closer = text.startsWith('/*', at) ? '*/' : /^(?:#|--\s)/.test(text.slice(at, at + 3)) ? '\n' : '';
    if (closer === '') return at;
    const end = text.indexOf(closer, at + 2);
    if (end === -1) return text.length;
    at = end + closer.length;
  }
}
