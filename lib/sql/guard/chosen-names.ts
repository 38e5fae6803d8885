import type { Token } from '../lex/token.ts';
import type { ReadText } from './read-text.ts';
import { sessionWords } from './session-words.ts';

/**
 * A name with its table or schema in front, such as `o.total` or `public.orders`. Like a single word, it says which column or
 * table is meant. On the right of a comparison it is refused, because a value was expected there.
 */
export function isQualifiedName(read: ReadText, first: number, behind: number): boolean {
  if (behind - first > mostQualified || !qualified.test(outline(read, first, behind))) return false;
  if (systemSchemas.has(unquoted(textAt(read, first)))) return false;
  let before = first - 1;
  while (first - before <= mostBrackets && textAt(read, before) === '(') before--;
  if (textAt(read, before) === 'from') return textAt(read, before - 1) !== 'distinct';
  return !compares.has(textAt(read, before));
}

/** Sort keys with their directions, such as `o.total desc, id`, behind `order by` or `group by` or a comma there. */
export function isSortList(read: ReadText, first: number, behind: number): boolean {
  return (
    behind - first <= mostListed && sortList.test(outline(read, first, behind)) && isSortPlace(read, first)
  );
}

function isSortPlace(read: ReadText, first: number): boolean {
  const { lower, tokens } = read;
  let depth = 0;
  for (let i = first - 1; i > 0 && first - i < mostBefore; i--) {
    const token = tokens[i] as Token;
    const sign = token.kind === 'operator' ? lower.charAt(token.start) : '';
    if (i === first - 1 && wordAt(read, i) !== 'by' && sign !== ',' && sign !== '.') return false;
    if (sign === ')') depth++;
    if (sign === '(' && --depth < 0) return false;
    if (depth > 0) continue;
    const word = wordAt(read, i);
    if (word === 'by') return /^(?:order|group|partition)$/.test(wordAt(read, i - 1));
    if (clauses.test(word)) return false;
  }
  return false;
}

/** `n` for each name, and the words of an order as they are. Anything else matches no pattern. */
function outline(read: ReadText, first: number, behind: number): string {
  const shown: string[] = [];
  for (let i = first; i < behind; i++) {
    const text = textAt(read, i);
    const kind = read.tokens[i]?.kind;
    if (kind === 'name') shown.push('n');
    else if (kind !== 'word') shown.push(text);
    else if (/^(?:asc|desc|nulls)$/.test(text) || shown.at(-1) === 'nulls') shown.push(text);
    else shown.push(reserved.has(text) || sessionWords.has(text) ? 'reserved' : 'n');
  }
  return shown.join(' ');
}

function wordAt(read: ReadText, index: number): string {
  return read.tokens[index]?.kind === 'word' ? textAt(read, index) : '';
}

function textAt({ lower, tokens }: ReadText, index: number): string {
  const token = tokens[index];
  return token === undefined ? '' : lower.slice(token.start, token.end);
}

function unquoted(name: string): string {
  return name.replace(/^["`[]|["`\]]$/g, '');
}

/** `database.schema.table.column`. */
const mostQualified = 7;
const mostListed = 64;
const mostBrackets = 8;
/** How far back is looked for the clause of a list. */
const mostBefore = 256;
const qualified = /^n(?: \. n){1,3}$/;
const sortTerm = 'n(?: \\. n){0,3}(?: (?:asc|desc))?(?: nulls (?:first|last))?';
const sortList = new RegExp(`^${sortTerm}(?: , ${sortTerm})*$`);
const clauses = /^(?:select|from|where|having|set|limit|offset|values|on|using|call)$/;
const compares: ReadonlySet<string> = new Set(
  '= < > ! ~ like ilike rlike regexp glob in between is distinct to any all some'.split(' '),
);

/** No application offers what is in them. */
const systemSchemas: ReadonlySet<string> = new Set(
  'pg_catalog information_schema pg_toast mysql performance_schema sys'.split(' '),
);

/** What joins, ends or starts something, and what is a value of its own. */
export const reserved: ReadonlySet<string> = new Set(
  (
    'all and any as between by case collate cross distinct div else end escape except exists false fetch for from full group ' +
    'having if ilike in inner intersect interval into is isnull join left like limit mod natural not notnull null offset on or ' +
    'order outer procedure regexp returning right rlike select set similar some then true union unique unknown using values ' +
    'when where window with xor'
  ).split(' '),
);
