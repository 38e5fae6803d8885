import { slowness } from '../../regex/slowness.ts';
import type { RegexDialect } from '../../regex/syntax.ts';
import type { Search } from './replacement.ts';

const maxSource = 300;
const maxRepeats = 7;
const cache = new Map<string, RegExp | null>();

/**
 * Converts a search into a JavaScript regular expression with the flag `g` and without `y`. If the search is for a long
 * constant text, only its beginning is used. Undefined if the search is for a pattern that is too long, may be slow even on
 * short texts, or can't be compiled.
 */
export function tried(search: Search, dialect: RegexDialect): RegExp | undefined {
  if (search.kind === 'text')
    return new RegExp(search.text.slice(0, maxSource).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'g');
  const key = `${dialect} ${search.flags}/${search.source}`;
  let it = cache.get(key);
  if (it === undefined) {
    it = compile(search.source, search.flags, dialect);
    if (cache.size > 2000) cache.clear();
    cache.set(key, it);
  }
  return it ?? undefined;
}

function compile(source: string, flags: string, dialect: RegexDialect): RegExp | null {
  if (
    source.length > maxSource ||
    flags.includes('x') ||
    (source.match(/[*+?]|\{\d*,/g) ?? []).length > 2 * maxRepeats
  )
    return null;
  if ((source.replace(/\\./g, '').match(/[*+]|\{\d*,\d*\}/g) ?? []).length > maxRepeats) return null;
  if (slowness(source, flags, dialect)?.kind === 'exponential') return null;
  const inline = dialect === 're' ? /^\(\?([ims]+)\)/.exec(source) : null;
  const body = source.slice(inline?.[0].length ?? 0);
  const letters = [...new Set(`${flags}${inline?.[1] ?? ''}`)].filter((letter) => 'imsuv'.includes(letter));
  try {
    return new RegExp(dialect === 're' ? fromPython(body) : body, `${letters.join('')}g`);
  } catch {
    return null;
  }
}

function fromPython(source: string): string {
  return source
    .replace(/\(\?P</g, '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$');
}

/** Whether a search matches anywhere in a text. `undefined` if it can't be run. */
export function finds(search: Search, dialect: RegexDialect, text: string): boolean | undefined {
  const expression = tried(search, dialect);
  if (!expression) return undefined;
  expression.lastIndex = 0;
  return expression.test(text);
}

/** Whether the first match of a regular expression is the whole text. */
export function findsWhole(expression: RegExp, text: string): boolean {
  expression.lastIndex = 0;
  return expression.exec(text)?.[0] === text;
}

/** Returns the text with all matches removed. */
export function without(expression: RegExp, text: string): string {
  expression.lastIndex = 0;
  return text.replace(expression, '');
}
