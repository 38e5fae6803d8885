import type { ReadText } from './read-text.ts';

/** True where a text holds more than one statement. The semicolons of a stored program's body are its own. */
export function isStacked({ lower, tokens }: ReadText): boolean {
  let open = 0;
  let created = -1;
  let ended = false;
  let last = '';
  let before = '';
  let words = 0;
  for (const { kind, start, end } of tokens) {
    if (kind === 'comment') continue;
    if (kind === 'separator') {
      if (open === 0) ended = words > 0;
      last = ';';
      continue;
    }
    if (ended) return true;
    words++;
    const word = kind === 'word' ? lower.slice(start, end) : '';
    if (words === 1 && word === 'create') created = 0;
    if (created === 0 && programs.has(word) && words <= mostBefore) created = 1;
    if (created === 1) {
      // `end if`, `end case` and the like close what one word opened.
      if (openers.has(word) && last !== 'end' && !isCall(word, before, last)) open++;
      else if (word === 'end') open = Math.max(0, open - 1);
    }
    before = last;
    last = word;
  }
  return false;
}

/** Between CREATE and its kind stand at most OR REPLACE, DEFINER = a@b and AGGREGATE. */
const mostBefore = 14;
const programs: ReadonlySet<string> = new Set(['function', 'procedure', 'trigger', 'event', 'package']);
const openers: ReadonlySet<string> = new Set(['begin', 'case', 'if', 'loop', 'while', 'repeat', 'atomic']);

/** IF opens a block only where a statement starts; elsewhere it is a function, or IF EXISTS. BEGIN ATOMIC is one. */
function isCall(word: string, before: string, last: string): boolean {
  if (word === 'atomic') return true;
  if (word === 'if')
    return !(
      last === ';' ||
      last === 'begin' ||
      last === 'then' ||
      last === 'else' ||
      last === 'do' ||
      last === 'loop'
    );
  if (word === 'while') return last === 'do' && before === '';
  if (word === 'repeat')
    return !(last === ';' || last === 'begin' || last === 'then' || last === 'else' || last === 'do');
  return false;
}
