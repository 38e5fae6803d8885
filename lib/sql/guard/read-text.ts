import type { LexRules } from '../lex/rules.ts';
import type { Token } from '../lex/token.ts';
import { tokenise } from '../lex/tokenise.ts';

/** A statement's text with its tokens. */
export interface ReadText {
  readonly text: string;
  readonly lower: string;
  readonly rules: LexRules;
  readonly tokens: readonly Token[];
  /** True where a closing quote, or a comment's end, is missing, or a bracket has no other half. */
  readonly broken: boolean;
}

export function readText(text: string, rules: LexRules): ReadText {
  const tokens = tokenise(text, rules);
  return { text, lower: lowered(text), rules, tokens, broken: isBroken(text, tokens) };
}

/** In lower case, with each character at its place: that of U+0130 would be two. */
export function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isBroken(text: string, tokens: readonly Token[]): boolean {
  let open = 0;
  for (const { kind, style, start, closed } of tokens) {
    if (!closed && style !== 'line') return true;
    if (kind !== 'operator') continue;
    if (text.charCodeAt(start) === 40) open++;
    else if (text.charCodeAt(start) === 41 && --open < 0) return true;
  }
  return open !== 0;
}

/** The first token that ends behind `at`. */
export function tokenBehind(tokens: readonly Token[], at: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Token).end > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What stands between the quotes of a token, or between the marks of a comment. */
export function contentOf(text: string, token: Token): { readonly start: number; readonly end: number } {
  const { style, start, end, closed } = token;
  switch (style) {
    case 'line':
      return { start: text.charAt(start) === '#' ? start + 1 : start + 2, end };
    case 'block':
    case 'hint':
      return { start: start + (style === 'hint' ? 3 : 2), end: closed ? end - 2 : end };
    case 'dollar': {
      const length = text.indexOf('$', start + 1) + 1 - start;
      return { start: start + length, end: closed ? end - length : end };
    }
    default: {
      let open = start;
      while (open < end && !quotes.includes(text.charAt(open))) open++;
      return { start: open + 1, end: closed ? end - 1 : end };
    }
  }
}

const quotes = '\'"`[';

/** True where the character at `at`, a quote or a backslash, belongs together with the one in front of it: `''`, `\'`. */
export function splitsPair(read: ReadText, token: Token, at: number): boolean {
  const { text } = read;
  const content = contentOf(text, token);
  if (at <= content.start || at >= token.end) return false;
  const close = text.charAt(content.start - 1) === '[' ? ']' : text.charAt(content.start - 1);
  const backslash = escapesByBackslash(read, token);
  // What else stands behind a backslash ends nothing.
  if (backslash && isOdd(text, at, content.start, '\\'))
    return text.charAt(at) === close || text.charAt(at) === '\\';
  if (token.style === 'dollar' || token.kind === 'comment' || text.charAt(at) !== close) return false;
  let run = at;
  while (run > content.start && text.charAt(run - 1) === close) run--;
  // A quote that a backslash takes along opens no pair.
  const first = backslash && isOdd(text, run, content.start, '\\') ? run + 1 : run;
  return (at - first) % 2 === 1;
}

function isOdd(text: string, at: number, from: number, char: string): boolean {
  let count = 0;
  while (at - count > from && text.charAt(at - count - 1) === char) count++;
  return count % 2 === 1;
}

function escapesByBackslash({ text, rules }: ReadText, { kind, style, start }: Token): boolean {
  if (kind !== 'literal' || style === 'dollar') return false;
  return style === 'escape' || rules.quotes.get(text.charAt(start))?.backslash === true;
}

/** The text with nothing in its literals, and everything else as it is. */
export function emptiedText({ text, tokens }: ReadText): string {
  const parts: string[] = [];
  let at = 0;
  for (const { kind, start, end } of tokens) {
    if (kind !== 'literal') continue;
    parts.push(text.slice(at, start));
    at = end;
  }
  return parts.join("''") + (parts.length > 0 ? "''" : '') + text.slice(at);
}

/** The text with its values left out, for events and to know a statement again. */
export function maskedText({ lower, tokens }: ReadText, longest: number): string {
  const parts: string[] = [];
  let length = 0;
  let last = '';
  for (const { kind, start, end } of tokens) {
    const part =
      kind === 'literal' || kind === 'number' || kind === 'placeholder'
        ? '?'
        : kind === 'comment'
          ? '/**/'
          : lower.slice(start, end);
    // A list of values may have any length.
    if (part === '?' && last === ',' && parts.at(-2) === '?') {
      parts.pop();
      last = '?';
      continue;
    }
    parts.push(part);
    last = part;
    length += part.length + 1;
    if (length > longest) break;
  }
  return parts.join(' ').slice(0, longest);
}
