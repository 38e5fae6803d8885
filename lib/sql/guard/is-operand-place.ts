import type { Token } from '../lex/token.ts';
import type { ReadText } from './read-text.ts';

/**
 * False where the tokens stand at a place that no value has: at the start, in front of a literal, behind one, or behind
 * the direction of an order.
 */
export function isOperandPlace({ lower, tokens }: ReadText, first: number, behind: number): boolean {
  let before = first - 1;
  // `t.name` is one.
  while (signAt(before) === '.') before -= 2;
  if (before < 0 || isValue(before) || isValue(behind)) return false;
  return !directions.has(wordAt(before));

  function isValue(index: number): boolean {
    const kind = tokens[index]?.kind;
    return kind === 'literal' || kind === 'number' || kind === 'placeholder';
  }

  function wordAt(index: number): string {
    const token = tokens[index];
    return token?.kind === 'word' ? textOf(token) : '';
  }

  function signAt(index: number): string {
    const token = tokens[index];
    return token?.kind === 'operator' || token?.kind === 'separator' ? textOf(token) : '';
  }

  function textOf({ start, end }: Token): string {
    return lower.slice(start, end);
  }
}

const directions: ReadonlySet<string> = new Set(['asc', 'desc']);
