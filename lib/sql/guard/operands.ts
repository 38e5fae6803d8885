import type { ReadText } from './read-text.ts';
import { contentOf } from './read-text.ts';

/** A column in a comparison, without its casts, parentheses and collation. */
export interface Operand {
  readonly name: string;
  /** What stands in front of it: `o`, `public.orders`, or nothing. */
  readonly qualifier: string;
  /** The functions of one argument around it, such as `date(`. */
  readonly calls: string;
}

export interface Parsed<T> {
  readonly found: T;
  /** The first token behind it. */
  readonly end: number;
}

export interface OperandReader {
  readonly texts: readonly string[];
  /** The token's text; of a quoted name what it quotes. */
  nameOf(index: number): string;
  /** The operand that begins at a token; undefined for an expression of another kind. */
  operandAt(at: number): Parsed<Operand> | undefined;
  /** The operand or the row that ends in front of the token `end`. */
  operandsBefore(end: number): readonly (Operand | undefined)[];
  /** What stands between a bracket at `at` and its other half: an operand, or undefined, for each part. */
  listAt(at: number): Parsed<readonly (Operand | undefined)[]> | undefined;
}

/** Reads what is compared. Every look-ahead and look-back is bounded. */
export function createOperandReader(read: ReadText): OperandReader {
  const tokens = read.tokens.filter(({ kind }) => kind !== 'comment');
  // What a quoted name holds is no keyword.
  const texts = tokens.map(({ kind, start, end }) =>
    kind === 'name' || kind === 'literal' ? '' : read.lower.slice(start, end),
  );
  return { texts, nameOf, operandAt: (at) => operandAt(at, 0), operandsBefore, listAt };

  function operandAt(at: number, depth: number): Parsed<Operand> | undefined {
    if (depth > deepest) return undefined;
    // MySQL's cast to bytes.
    const start = texts[at] === 'binary' && isName(at + 1) ? at + 1 : at;
    const inner = texts[start] === '(' ? enclosed(start + 1, depth) : nameOrCall(start, depth);
    if (!inner) return undefined;
    const end = behindCasts(inner.end);
    return { found: inner.found, end };
  }

  function enclosed(at: number, depth: number): Parsed<Operand> | undefined {
    const inner = operandAt(at, depth + 1);
    return inner && texts[inner.end] === ')' ? { found: inner.found, end: inner.end + 1 } : undefined;
  }

  function nameOrCall(at: number, depth: number): Parsed<Operand> | undefined {
    if (!isName(at)) return undefined;
    let last = at;
    while (last - at < longestName && texts[last + 1] === '.' && isName(last + 2)) last += 2;
    const name = nameOf(last);
    if (texts[last + 1] !== '(') {
      const parts: string[] = [];
      for (let i = at; i < last; i += 2) parts.push(nameOf(i));
      return { found: { name, qualifier: parts.join('.'), calls: '' }, end: last + 1 };
    }
    const inner = operandAt(last + 2, depth + 1);
    if (!inner) return undefined;
    if (typeCalls.has(name)) {
      if (!beforeType.has(texts[inner.end] ?? '')) return undefined;
      const close = behindType(inner.end + 1);
      return texts[close] === ')' ? { found: inner.found, end: close + 1 } : undefined;
    }
    if (texts[inner.end] !== ')') return undefined;
    const calls = textCalls.has(name) ? inner.found.calls : `${name}(${inner.found.calls}`;
    return { found: { ...inner.found, calls }, end: inner.end + 1 };
  }

  function behindCasts(at: number): number {
    let end = at;
    for (let casts = 0; casts < mostCasts; casts++) {
      if (texts[end] === ':' && texts[end + 1] === ':') end = behindType(end + 2);
      else if (texts[end] === 'collate') end = behindType(end + 1);
      else break;
    }
    return end;
  }

  /** `numeric(10, 2)`, `double precision`, `public.mood[]`. */
  function behindType(at: number): number {
    let end = at + 1;
    for (let steps = 0; steps < mostCasts && texts[end] === '.'; steps++) end += 2;
    while (typeWords.has(texts[end] ?? '')) end++;
    if (texts[end] === '(') {
      const close = texts.slice(end, end + mostCasts + 1).indexOf(')');
      if (close !== -1) end += close + 1;
    }
    while (typeWords.has(texts[end] ?? '')) end++;
    while (texts[end] === '[' && texts[end + 1] === ']') end += 2;
    return end;
  }

  function operandsBefore(end: number): readonly (Operand | undefined)[] {
    let start = end;
    let depth = 0;
    while (start > 0 && end - start < longestOperand) {
      const text = texts[start - 1] as string;
      if (text === ')' || text === ']') depth++;
      else if (text === '(' || text === '[') {
        if (depth === 0) break;
        depth--;
      } else if (depth === 0 && isEdge(start - 1)) break;
      start--;
    }
    if (arithmetic.has(texts[start - 1] ?? '')) return [];
    const one = operandAt(start, 0);
    if (one?.end === end) return [one.found];
    const row = listAt(start);
    return row?.end === end ? row.found : [];
  }

  /** A token in front of an operand. */
  function isEdge(at: number): boolean {
    const kind = tokens[at]?.kind;
    const text = texts[at] as string;
    if (kind === 'operator') return text !== '.' && text !== ':';
    return (kind === 'word' && (notNames.has(text) || clauseWords.has(text))) || kind === 'separator';
  }

  function listAt(first: number): Parsed<readonly (Operand | undefined)[]> | undefined {
    const at = texts[first] === 'row' ? first + 1 : first;
    if (!(texts[at] === '(' || texts[at] === '[')) return undefined;
    if (texts[at + 1] === 'select' || texts[at + 1] === 'with') return undefined;
    const found: (Operand | undefined)[] = [];
    let next = at + 1;
    const bound = Math.min(texts.length, at + longestList);
    while (next < bound) {
      const one = operandAt(next, 0);
      const end = one && ends.has(texts[one.end] ?? '') ? one.end : endOfPart(next, bound);
      found.push(end === one?.end ? one.found : undefined);
      if (texts[end] !== ',') return { found, end: end + 1 };
      next = end + 1;
    }
    return { found, end: next };
  }

  function endOfPart(from: number, bound: number): number {
    let depth = 0;
    for (let at = from; at < bound; at++) {
      const text = texts[at] as string;
      if (text === '(' || text === '[') depth++;
      else if (depth === 0 && ends.has(text)) return at;
      else if (text === ')' || text === ']') depth--;
    }
    return bound;
  }

  function isName(index: number): boolean {
    const kind = tokens[index]?.kind;
    return kind === 'name' || (kind === 'word' && !notNames.has(texts[index] as string));
  }

  function nameOf(index: number): string {
    const token = tokens[index];
    if (token?.kind !== 'name') return texts[index] ?? '';
    const { start, end } = contentOf(read.text, token);
    return read.lower.slice(start, end);
  }
}

/** Signs that make an expression of what stands beside them. */
export const arithmetic: ReadonlySet<string> = new Set([
  ...['+', '-', '*', '/', '%', '|', '.', ':', '&', '#', '^', '@'],
]);

const deepest = 8;
const mostCasts = 8;
const longestName = 6;
const longestOperand = 48;
const longestList = 1_000;
const ends: ReadonlySet<string> = new Set([',', ')', ']']);
const beforeType: ReadonlySet<string> = new Set(['as', ',', 'using']);
const typeCalls: ReadonlySet<string> = new Set(['cast', 'try_cast', 'convert']);
/** They leave most texts as they are, so that a column equals them in most rows. */
const textCalls: ReadonlySet<string> = new Set(
  'lower upper lcase ucase trim btrim ltrim rtrim coalesce concat'.split(' '),
);
const typeWords: ReadonlySet<string> = new Set(
  'precision varying with without local time zone unsigned signed integer'.split(' '),
);
const notNames: ReadonlySet<string> = new Set(
  (
    'select where and or not null true false case when then else end in like between is from on as any all some exists array ' +
    'distinct having set limit offset by using returning xor'
  ).split(' '),
);
const clauseWords: ReadonlySet<string> = new Set('join order group union values update delete'.split(' '));
