import { allowed, type Decision, deny } from '../../refusal/decision.ts';
import { arithmetic, createOperandReader, type Operand } from './operands.ts';
import { maskedText, type ReadText } from './read-text.ts';
import { sessionWords } from './session-words.ts';

/**
 * Decides whether an input that is one word, or a name with its table, became syntax. Most words are names that the
 * application lets clients choose. These are not: a column that is compared with itself (`where id = id`, for `?id=id`) or with
 * its row's number, which holds for every row; a session's name or clock as a sort key; and `limit all`.
 *
 * @param words in lower case, with the place where each came from.
 *
 * @example
 * ```ts
 * import { decideWords } from '../sql/guard/decide-words.ts';
 * import { readText } from '../sql/guard/read-text.ts';
 * import { rulesFor } from '../sql/lex/rules.ts';
 *
 * const words = new Map([['id', 'query.id']]);
 * const read = (text: string) => readText(text, rulesFor('postgres'));
 * decideWords(read('select 1 from users where id = id::int'), words); // sql/input-in-text, source query.id
 * decideWords(read('select 1 from users where id = 7 order by id'), words); // { allow: true }
 * ```
 */
export function decideWords(
  read: ReadText,
  words: ReadonlyMap<string, string>,
): Decision<'sql/input-in-text'> {
  if (words.size === 0) return allowed;
  const source = guiltyWord(read, words);
  return source === undefined
    ? allowed
    : deny('sql/input-in-text', { source, statement: maskedText(read, shown) });
}

const shown = 300;

function guiltyWord(read: ReadText, words: ReadonlyMap<string, string>): string | undefined {
  const reader = createOperandReader(read);
  const { texts } = reader;
  const lastCompared = lastOfPair();
  /** The clause outside of each bracket that is open. */
  const outer: string[] = [];
  let clause = '';
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] as string;
    if (text === '(') outer.push(clause);
    else if (text === ')') clause = outer.pop() ?? clause;
    else if (clauses.has(text)) clause = text;
    if (words.has(text) && (isSessionKey(i, clause) || liftsLimit(i))) return words.get(text);
    if (i >= lastCompared || assigning.has(clause) || !isOperator(i)) continue;
    const found = comparedWithItself(i);
    if (found !== undefined) return found;
  }
  return undefined;

  /** The last place of a word that stands there twice, or is a row's number: behind it, nothing is compared with itself. */
  function lastOfPair(): number {
    const seen = new Set<string>();
    let last = -1;
    for (let i = 0; i < texts.length; i++) {
      const name = reader.nameOf(i);
      if (!words.has(name)) continue;
      if (seen.has(name) || rowNumbers.has(name)) last = i;
      seen.add(name);
    }
    return last;
  }

  function isSessionKey(at: number, clause: string): boolean {
    const text = texts[at] as string;
    // In PostgreSQL alone, `user` without quotes is the session's and never a column.
    if (!sessionWords.has(text) && !(text === 'user' && read.rules.dialect === 'postgres')) return false;
    const before = outsideBrackets(at);
    if (texts[before] === 'on') return texts[before - 1] === 'distinct';
    return clause === 'by' && (texts[before] === 'by' || texts[before] === ',');
  }

  function liftsLimit(at: number): boolean {
    if (!noLimit.has(texts[at] as string)) return false;
    const before = outsideBrackets(at);
    const word = texts[before];
    return word === 'limit' || ((word === 'first' || word === 'next') && texts[before - 1] === 'fetch');
  }

  function outsideBrackets(at: number): number {
    let before = at - 1;
    while (at - before < mostBrackets && (texts[before] === '(' || texts[before] === 'cast')) before--;
    return before;
  }

  /** The last part of an operator that compares; `=>` names an argument. */
  function isOperator(index: number): boolean {
    const [before, text, behind] = [texts[index - 1] ?? '', texts[index] ?? '', texts[index + 1] ?? ''];
    if (!comparisons.has(text) || comparisons.has(behind)) return false;
    if (text === 'from') return before === 'distinct';
    return !(text === '>' && before === '=' && texts[index - 2] !== '<');
  }

  function comparedWithItself(operator: number): string | undefined {
    let end = operator;
    for (let words = 0; words < longestOperator && isOperatorPart(texts[end - 1] ?? ''); words++) end--;
    const left = reader.operandsBefore(end);
    if (left.length === 0) return undefined;
    for (const right of rowsBehind(operator, left.length > 1)) {
      for (const [i, operand] of right.entries()) {
        const beside = left.length > 1 ? left[i] : left[0];
        if (operand === undefined || beside === undefined || !isSame(beside, operand)) continue;
        const source = words.get(operand.name);
        if (source !== undefined) return source;
      }
    }
    return undefined;
  }

  /** Where the upper end of `between` begins. */
  function upperEnd(at: number): number {
    const and = texts.slice(at, at + longestBound).indexOf('and');
    return and === -1 ? texts.length : at + and + 1;
  }

  /** What stands behind an operator: the parts of a list, both ends of `between`, or one row after the other. */
  function* rowsBehind(operator: number, isRow: boolean): Generator<readonly (Operand | undefined)[], void> {
    let at = operator + 1;
    if (symmetric.has(texts[at] ?? '')) at++;
    if (quantifiers.has(texts[at] ?? '') && texts[at + 1] === '(') at++;
    if (texts[at] === '(' && texts[at + 1] === 'array' && texts[at + 2] === '[') at += 2;
    const one = isRow ? undefined : reader.operandAt(at);
    if (one && !arithmetic.has(texts[one.end] ?? '')) yield [one.found];
    if (texts[operator] === 'between') {
      const other = reader.operandAt(upperEnd(at));
      if (other) yield [other.found];
    }
    if (one) return;
    if (!(isRow && texts[at + 1] === '(')) {
      const list = reader.listAt(at);
      if (list) yield list.found;
      return;
    }
    // `(id, tenant) in ((1, 2), (3, 4))`
    for (let rows = 0; rows < mostRows; rows++) {
      const row = reader.listAt(at + 1);
      if (!row) return;
      yield row.found;
      if (texts[row.end] !== ',') return;
      at = row.end;
    }
  }
}

function isSame(left: Operand, right: Operand): boolean {
  if (!isSameTable(left.qualifier, right.qualifier)) return false;
  if (left.name === right.name && left.calls === right.calls) return true;
  return rowNumbers.has(right.name) && right.calls === '';
}

/** `orders` may be `public.orders`, and without a table a name may be of any. */
function isSameTable(one: string, other: string): boolean {
  return (
    one === '' || other === '' || one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`)
  );
}

function isOperatorPart(text: string): boolean {
  return comparisons.has(text) || beforeOperator.has(text);
}

/** `is not distinct from`. */
const longestOperator = 4;
const longestBound = 32;
const mostBrackets = 8;
const mostRows = 100;
const symmetric: ReadonlySet<string> = new Set(['symmetric', 'asymmetric']);
const quantifiers: ReadonlySet<string> = new Set(['any', 'some', 'all']);
/** `set a = a` assigns, and `on duplicate key update id = id` is a phrase of MySQL. */
const assigning: ReadonlySet<string> = new Set(['set', 'update', 'values']);
const clauses: ReadonlySet<string> = new Set(
  'select where having on set update values from by limit offset returning using when'.split(' '),
);
const comparisons: ReadonlySet<string> = new Set([
  ...['=', '<', '>', '!', '~', 'like', 'ilike', 'rlike', 'regexp', 'glob', 'in', 'between', 'is', 'from'],
]);
/** In front of an operator in words: `not like`, `is not distinct from`. */
const beforeOperator: ReadonlySet<string> = new Set(['not', 'is', 'distinct', 'similar', 'to']);
/** An integer primary key of SQLite is the row's number, and MySQL has a name for such a key. */
const rowNumbers: ReadonlySet<string> = new Set(['rowid', '_rowid_', '_rowid', 'oid']);
const noLimit: ReadonlySet<string> = new Set(['all', 'null']);
