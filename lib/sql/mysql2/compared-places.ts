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
const passing = new Set([
  ...['coalesce', 'ifnull', 'if', 'any', 'some', 'all', 'row', 'min', 'max', 'any_value'],
]);
/** A query in brackets behind one of these is a table. */
const beforeTable = new Set(['from', 'join', 'straight_join', 'lateral', 'as']);
const setOperators = new Set(['union', 'except', 'intersect', 'minus']);
const beforeQuery = new Set(['(', 'all', 'distinct', ...setOperators]);
/** Of rows of their own, these sort or compare the columns, and as texts 10 comes before 9. Or take the first's type. */
const sorting = new Set(['order', 'over', 'min', 'max', 'greatest', 'least', 'recursive']);
const clauses = new Set(['select', 'from', 'where', 'on', 'having', 'values', 'order', 'limit', 'returning']);

/** A table that is written as a query: what is selected may be compared outside of it. */
interface Derived {
  readonly items: number[];
  severalRows: boolean;
}

interface Frame {
  /** Whether what stands in these parentheses is compared. */
  readonly compared: boolean;
  /** The first placeholder inside of them. */
  readonly first: number;
  /** The table that these parentheses are, or that they are a part of. */
  readonly derived: Derived | undefined;
  /** They are a row of its `values`. */
  readonly isRow: boolean;
  /** The word that the clause begins with. */
  clause: string;
  /** In the assignments of `set` or `update`. */
  assigns: boolean;
}

/**
 * For each placeholder of a statement, whether it is compared with something: `a = ?`, `? < b`, `in (?, ?)`, or a column
 * of a table that is written as a query.
 */
export function comparedPlaces(text: string): readonly boolean[] {
  const tokens = tokenise(text, rulesFor('mysql')).filter(({ kind }) => kind !== 'comment');
  const words = tokens.map((token) => wordOf(text, token));
  const sorts = words.some((word) => sorting.has(word));
  const places: boolean[] = [];
  const frames: Frame[] = [newFrame({ compared: false, first: 0 })];

  words.forEach((word, at) => {
    const frame = frames.at(-1) as Frame;
    if (word === '(') frames.push(inner(at, frame));
    else if (word === ')') {
      if (frames.length > 1) frames.pop();
      const { derived } = frame;
      if (derived && derived !== frames.at(-1)?.derived) settle(derived);
      if (isCompared(words[at + 1])) places.fill(true, frame.first);
    } else if (word === '?') {
      if (frame.derived && isItem(at, frame)) frame.derived.items.push(places.length);
      places.push(frame.compared || isOperand(at, frame) || isCompared(words[at + 1]));
    } else if (word === 'set' || word === 'update') frame.assigns = true;
    else if (clauses.has(word)) {
      frame.assigns = false;
      frame.clause = word;
    }
    if (frame.derived && (setOperators.has(word) || word === 'values')) frame.derived.severalRows = true;
  });
  return places;

  function settle({ items, severalRows }: Derived): void {
    if (severalRows && sorts) return;
    for (const item of items) places[item] = true;
  }

  function inner(at: number, parent: Frame): Frame {
    const compared = opens(at, parent);
    const word = words[at - 1] ?? '';
    const { derived, clause } = parent;
    const first = places.length;
    if (derived && clause === 'values') return newFrame({ compared, first, derived, isRow: true });
    if (derived && beforeQuery.has(word)) return newFrame({ compared, first, derived });
    const isTable = beforeTable.has(word) || (word === ',' && clause === 'from');
    if (!isTable) return newFrame({ compared, first });
    return newFrame({ compared, first, derived: { items: [], severalRows: false } });
  }

  /** Whether it is all of a column of the table. */
  function isItem(at: number, { clause, isRow }: Frame): boolean {
    const [before, next] = [words[behindSigns(at)] ?? '', words[at + 1] ?? ')'];
    if (isRow) return ['(', ','].includes(before) && [')', ','].includes(next);
    if (clause !== 'select' || !['select', 'distinct', 'all', ','].includes(before)) return false;
    return [',', ')'].includes(next) || (/^[a-z]/.test(next) && next !== 'div' && next !== 'mod');
  }

  function opens(at: number, parent: Frame): boolean {
    const word = words[at - 1] ?? '';
    if (word === 'in' || comparing.has(word)) return true;
    if (passing.has(word)) return parent.compared || isOperand(at - 1, parent);
    return word === '(' || word === ',' ? parent.compared : isOperand(at, parent);
  }

  /** Whether what stands in front compares it. */
  function isOperand(at: number, frame: Frame): boolean {
    const last = behindSigns(at);
    const word = words[last] ?? '';
    if (before.has(word)) return true;
    if (word === ',') return words[last - 2] === 'limit';
    if (word === '<' || word === '>') return true;
    return word === '=' && words[last - 1] !== ':' && !(frame.assigns && isAssignment(last));
  }

  /** What stands in front, signs apart. Behind an operand one is an addition, and nothing in front compares that. */
  function behindSigns(at: number): number {
    let from = at - 1;
    while (words[from] === '+') from--;
    return from;
  }

  /** `set a.b = ` or `, b = `. */
  function isAssignment(equals: number): boolean {
    let at = equals - 1;
    while (words[at - 1] === '.') at -= 2;
    return [',', 'set', 'update'].includes(words[at - 1] ?? '');
  }
}

function newFrame(given: Pick<Frame, 'compared' | 'first'> & Partial<Frame>): Frame {
  return { derived: undefined, isRow: false, clause: '', assigns: false, ...given };
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
