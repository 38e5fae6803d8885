import { rulesFor } from '../lex/rules.ts';
import type { Token } from '../lex/token.ts';
import { tokenise } from '../lex/tokenise.ts';

/** Behind one of these a placeholder is compared, or is the count of a `limit`. */
const before = new Set([
  ...['like', 'rlike', 'regexp', 'between', 'and', 'or', 'xor', 'not', 'when', 'case', 'limit', 'offset'],
]);
const after = new Set(['in', 'like', 'rlike', 'regexp', 'between', 'not']);
/** Their arguments are compared with each other. */
const comparing = new Set(['nullif', 'field']);
/** They give back an argument as it is. */
const passing = new Set(['coalesce', 'ifnull', 'if', 'any', 'some', 'all']);
const clauses = new Set(['select', 'from', 'where', 'on', 'having', 'values', 'order', 'limit', 'returning']);

interface Frame {
  /** Whether what stands in these parentheses is compared. */
  readonly compared: boolean;
  /** The first placeholder inside of them. */
  readonly first: number;
  /** In the assignments of `set` or `update`. */
  assigns: boolean;
}

/** For each placeholder of a statement, whether it is compared with something: `a = ?`, `? < b`, `in (?, ?)`. */
export function comparedPlaces(text: string): readonly boolean[] {
  const tokens = tokenise(text, rulesFor('mysql')).filter(({ kind }) => kind !== 'comment');
  const words = tokens.map((token) => wordOf(text, token));
  const places: boolean[] = [];
  const frames: Frame[] = [{ compared: false, first: 0, assigns: false }];

  words.forEach((word, at) => {
    const frame = frames.at(-1) as Frame;
    if (word === '(') frames.push({ compared: opens(at, frame), first: places.length, assigns: false });
    else if (word === ')') {
      if (frames.length > 1) frames.pop();
      if (isCompared(words[at + 1])) places.fill(true, frame.first);
    } else if (word === '?') places.push(frame.compared || isOperand(at, frame) || isCompared(words[at + 1]));
    else if (word === 'set' || word === 'update') frame.assigns = true;
    else if (clauses.has(word)) frame.assigns = false;
  });
  return places;

  function opens(at: number, parent: Frame): boolean {
    const word = words[at - 1] ?? '';
    if (word === 'in' || comparing.has(word)) return true;
    if (passing.has(word)) return parent.compared || isOperand(at - 1, parent);
    return word === '(' || word === ',' ? parent.compared : isOperand(at, parent);
  }

  /** Whether what stands in front compares it. */
  function isOperand(at: number, frame: Frame): boolean {
    const word = words[at - 1] ?? '';
    if (before.has(word)) return true;
    if (word === ',') return words[at - 3] === 'limit';
    if (word === '<' || word === '>') return true;
    return word === '=' && words[at - 2] !== ':' && !(frame.assigns && isAssignment(at - 1));
  }

  /** `set a.b = ` or `, b = `. */
  function isAssignment(equals: number): boolean {
    let at = equals - 1;
    while (words[at - 1] === '.') at -= 2;
    return [',', 'set', 'update'].includes(words[at - 1] ?? '');
  }
}

function isCompared(next: string | undefined): boolean {
  return next !== undefined && ('=<>!'.includes(next) || after.has(next));
}

function wordOf(text: string, { kind, start, end }: Token): string {
  switch (kind) {
    case 'operator':
      return text.charAt(start);
    case 'placeholder':
      return '?';
    case 'word':
      return end - start > 16 ? 'word' : text.slice(start, end).toLowerCase();
    default:
      return kind;
  }
}
