import type { Token } from '../lex/token.ts';
import { isSortList, reserved } from './chosen-names.ts';
import type { ReadText } from './read-text.ts';

/**
 * Several tokens that change nothing of a statement but which number or order it says: `-5`, `1, 2` in `in (...)`,
 * `price desc, id` behind `order by`. Applications that compare with a list of their own put such inputs into texts.
 */
export function isHarmless(read: ReadText, first: number, behind: number): boolean {
  const { lower, tokens } = read;
  const covered = tokens.slice(first, behind);
  const before = tokens[first - 1];
  const previous = before === undefined ? '' : lower.slice(before.start, before.end);
  if (covered.length > mostTokens) return isNumberList(lower, covered) && isListed();
  const shown = covered.map((token) => show(lower, token)).join(' ');
  if (operator.test(shown) || (signed.test(shown) && !isOperand(before, previous))) return true;
  if (numbers.test(shown)) return isListed();
  if (phrases.has(covered.map(({ start, end }) => lower.slice(start, end)).join(' '))) return true;
  return isSortList(read, first, behind);

  function isListed(): boolean {
    const next = tokens[behind];
    const following = next === undefined ? '' : lower.charAt(next.start);
    if (!(previous === '(' || previous === ',') || !(following === ')' || following === ',')) return false;
    return opensList();
  }

  /** Of `in (...)` only: elsewhere another number is another argument, or another column's. */
  function opensList(): boolean {
    for (let i = first - 1; i > 0 && first - i < mostBefore; i--) {
      const { kind, start, end } = tokens[i] as Token;
      if (kind !== 'operator') continue;
      if (lower.charAt(start) === '(') return wordAt(i - 1) === 'in';
      if (lower.charAt(start) === ')' || end - start > 1) return false;
    }
    return false;
  }

  function wordAt(index: number): string {
    const token = tokens[index];
    return token?.kind === 'word' ? lower.slice(token.start, token.end) : '';
  }
}

const mostTokens = 64;
/** How far back is looked for what a list belongs to. */
const mostBefore = 256;

function isNumberList(lower: string, tokens: readonly Token[]): boolean {
  return tokens.every(({ kind, start }, i) =>
    i % 2 === 0 ? kind === 'number' : lower.charAt(start) === ',',
  );
}

/** Behind one, a sign would be an operator. */
function isOperand(token: Token | undefined, text: string): boolean {
  if (token === undefined) return false;
  if (token.kind === 'word') return valueWords.has(text) || !reserved.has(text);
  return token.kind === 'operator' ? text === ')' || text === ']' : token.kind !== 'comment';
}

const valueWords: ReadonlySet<string> = new Set(['end', 'null', 'true', 'false', 'unknown']);

function show(lower: string, { kind, start, end }: Token): string {
  if (kind === 'number') return '1';
  if (kind === 'name') return 'n';
  const text = lower.slice(start, end);
  if (kind === 'word') return text === 'asc' || text === 'desc' ? text : 'n';
  return kind === 'operator' ? text : kind;
}

const signed = /^[-+] 1$/;
const numbers = /^(?:[-+] )?1(?: , (?:[-+] )?1)*$/;
const operator = /^(?:[<>!=~|&@#?*+-] ?){2,4}$/;

/** Words that the language itself puts side by side. By themselves they say nothing that a statement is not saying. */
const phrases: ReadonlySet<string> = new Set([
  ...[
    'order by',
    'group by',
    'partition by',
    'is null',
    'is not null',
    'not null',
    'not in',
    'not like',
    'not ilike',
  ],
  ...[
    'not between',
    'not exists',
    'left join',
    'right join',
    'inner join',
    'cross join',
    'full join',
    'outer join',
  ],
  ...[
    'left outer join',
    'right outer join',
    'full outer join',
    'insert into',
    'delete from',
    'for update',
    'for share',
  ],
  ...[
    'primary key',
    'union all',
    'nulls first',
    'nulls last',
    'asc nulls first',
    'asc nulls last',
    'desc nulls first',
  ],
  ...[
    'desc nulls last',
    'starts with',
    'and not',
    'or not',
    'not similar to',
    'similar to',
    'is distinct from',
  ],
  ...[
    'is not distinct from',
    'select *',
    '* from',
    'select distinct',
    'on conflict',
    'do nothing',
    'if exists',
  ],
]);
