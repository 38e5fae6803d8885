import type { Token } from '../lex/token.ts';
import type { Found } from './place.ts';
import { contentOf, type ReadText, splitsPair, tokenBehind } from './read-text.ts';

/** True where the place is one token, or lies in the content of one without changing where that ends. */
export function isWithin(read: ReadText, { start, end, form, needles }: Found): boolean {
  const { tokens, text, rules } = read;
  const index = tokenBehind(tokens, start);
  const token = tokens[index];
  if (!token || token.start >= end) return true;
  if (rules.executableComments && !plainText.test(form) && isExecutable(tokens, index, start, end))
    return false;
  if (token.start > start || token.end < end) return false;
  if (token.kind !== 'literal' && token.kind !== 'name' && token.kind !== 'comment') return true;
  const content = contentOf(text, token);
  if (start < content.start || end > content.end) return false;
  if (token.kind === 'comment') return !(form.includes('/*') || form.includes('*/'));
  if (!token.closed && quoted.test(form)) return false;
  if (!splitsPair(read, token, end)) return true;
  // What is escaped once more than is known here reads like a part. One that was cut off has a quote behind it.
  return text.charAt(end) === '\\' && !needles.forms().includes(form);
}

const plainText = /^[\w .,@-]*$/;
const quoted = /['"`\\]/;

/** True where it touches a comment that may be run, or stands in one. */
function isExecutable(tokens: readonly Token[], index: number, start: number, end: number): boolean {
  for (let i = Math.max(0, index - 1); i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.start > end) break;
    if (token.style === 'executable' && token.end >= start) return true;
  }
  for (let i = index - 1; i >= 0; i--) {
    // Its closer is two characters long, its opener longer.
    const { style, start: from, end: to } = tokens[i] as Token;
    if (style === 'executable') return to - from > 2;
  }
  return false;
}
