import { allowed, type Decision, deny } from '../../refusal/decision.ts';
import type { Token } from '../lex/token.ts';
import { contentOf, maskedText, type ReadText } from './read-text.ts';

/**
 * Decides whether an input that is one word became syntax. A word is one token wherever it stands, and most are names that
 * the application lets clients choose. These are not: a column that is compared with itself (`where id = id`, for `?id=id`) or
 * with its row's number, which holds for every row; a session's name or clock as a sort key; and `limit all`.
 *
 * @param words in lower case, with the place where each came from.
 *
 * @example
 * ```ts
 * import { decideWords } from '../lib/sql/guard/decide-words.ts';
 * import { readText } from '../lib/sql/guard/read-text.ts';
 * import { rulesFor } from '../lib/sql/lex/rules.ts';
 *
 * const words = new Map([['id', 'query.id']]);
 * const read = (text: string) => readText(text, rulesFor('postgres'));
 * decideWords(read('select 1 from users where id = id'), words); // sql/input-in-text, source query.id
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
  const tokens = read.tokens.filter(({ kind }) => kind !== 'comment');
  const texts = tokens.map((token) => textOf(read, token));
  /** The clause outside of each bracket that is open. */
  const outer: string[] = [];
  let clause = '';
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] as string;
    if (text === '(') outer.push(clause);
    else if (text === ')') clause = outer.pop() ?? clause;
    else if (clauses.has(text) && tokens[i]?.kind === 'word') clause = text;
    if (clause === 'by') {
      const isKey = texts[i - 1] === 'by' || texts[i - 1] === ',';
      if (isKey && sessionWords.has(text) && words.has(text)) return words.get(text);
    }
    if (texts[i - 1] === 'limit' && noLimit.has(text) && words.has(text)) return words.get(text);
    if (assigning.has(clause) || !isOperator(i)) continue;
    const found = comparedWithItself(i);
    if (found !== undefined) return found;
  }
  return undefined;

  /** The last part of an operator that compares; `=>` names an argument. */
  function isOperator(index: number): boolean {
    const [before, text, behind] = [texts[index - 1] ?? '', texts[index] ?? '', texts[index + 1] ?? ''];
    if (!comparisons.has(text) || comparisons.has(behind)) return false;
    if (text === 'from') return before === 'distinct';
    return !(text === '>' && before === '=' && texts[index - 2] !== '<');
  }

  function comparedWithItself(operator: number): string | undefined {
    let end = operator - 1;
    for (let words = 0; words < longestOperator && isOperatorPart(texts[end] ?? ''); words++) end--;
    const left = operandBefore(end);
    if (left === undefined) return undefined;
    for (const right of operandsBehind(operator + 1)) {
      const same = right.name === left.name && !(left.qualified && right.qualified);
      if (!same && (right.qualified || !rowNumbers.has(right.name))) continue;
      const source = words.get(right.name);
      if (source !== undefined) return source;
    }
    return undefined;
  }

  function operandBefore(end: number): Operand | undefined {
    if (!isName(end)) return undefined;
    let start = end;
    while (texts[start - 1] === '.' && isName(start - 2)) start -= 2;
    if (arithmetic.has(texts[start - 1] ?? '')) return undefined;
    return { name: nameOf(end), qualified: start < end };
  }

  /** One operand, or those of a list; of `between` both ends. */
  function operandsBehind(first: number): readonly Operand[] {
    const found: Operand[] = [];
    let at = first;
    for (let steps = 0; steps < mostListed && at < texts.length; steps++) {
      while (texts[at] === '(') at++;
      let end = at;
      while (texts[end + 1] === '.' && isName(end + 2)) end += 2;
      const next = texts[end + 1] ?? '';
      if (isName(end) && next !== '(' && !arithmetic.has(next)) {
        found.push({ name: nameOf(end), qualified: end > at });
      }
      const listed = next === ',' && texts[first] === '(';
      const between = next === 'and' && texts[first - 1] === 'between' && at === first;
      if (!listed && !between) break;
      at = end + 2;
    }
    return found;
  }

  function isName(index: number): boolean {
    const kind = tokens[index]?.kind;
    return kind === 'name' || (kind === 'word' && !notNames.has(texts[index] as string));
  }

  function nameOf(index: number): string {
    const token = tokens[index] as Token;
    if (token.kind !== 'name') return texts[index] as string;
    const { start, end } = contentOf(read.text, token);
    return read.lower.slice(start, end);
  }
}

interface Operand {
  readonly name: string;
  /** With a table in front. */
  readonly qualified: boolean;
}

function textOf({ lower }: ReadText, { kind, start, end }: Token): string {
  // What a quoted name holds is no keyword.
  return kind === 'name' || kind === 'literal' ? '' : lower.slice(start, end);
}

function isOperatorPart(text: string): boolean {
  return comparisons.has(text) || beforeOperator.has(text);
}

/** `is not distinct from`. */
const longestOperator = 4;
const mostListed = 1_000;
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
const arithmetic: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '|', '.', ':', '&', '#', '^', '@']);
const notNames: ReadonlySet<string> = new Set(
  'select where and or not null true false case when then else end in like between is from on as any all some exists'.split(
    ' ',
  ),
);
/** An integer primary key of SQLite is the row's number, and MySQL has a name for such a key. */
const rowNumbers: ReadonlySet<string> = new Set(['rowid', '_rowid_', '_rowid', 'oid']);
const noLimit: ReadonlySet<string> = new Set(['all', 'null']);
/** What the language knows without a table. No application sorts by them. */
const sessionWords: ReadonlySet<string> = new Set(
  (
    'current_user session_user system_user current_role current_catalog current_schema current_database current_date ' +
    'current_time current_timestamp localtime localtimestamp sysdate utc_date utc_time utc_timestamp'
  ).split(' '),
);
