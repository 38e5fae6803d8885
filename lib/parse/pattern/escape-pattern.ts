/**
 * Escapes text so that it matches only itself in a regular expression, wherever it is: at the start, after `\c`, in a class. The result is that of
 * `RegExp.escape`, which Node has since version 24 (ECMA-262, 2025, section 22.2.5.1).
 *
 * @throws TypeError if `text` is not a string
 *
 * @example
 * ```ts
 * import { escapePattern } from 'bulwark/parse/pattern';
 *
 * escapePattern('3.14 (pi)'); // '\\x33\\.14\\x20\\(pi\\)'
 * new RegExp(`^${escapePattern('a+b')}$`).test('a+b'); // true
 * ```
 */
export function escapePattern(text: string): string {
  if (typeof text !== 'string') throw new TypeError('escapePattern takes a string.');
  const first = /^[\dA-Za-z]/.test(text) ? byCode(text.slice(0, 1)) : '';
  return first + text.slice(first === '' ? 0 : 1).replace(special, escaped);
}

/** Syntax, other punctuation, white space, line ends, and, under the flag u, halves of surrogate pairs. */
const special = /[$()*+./?[\]^{|}\\\-!"#%&',:;<=>@`~\s\p{Cs}]/gu;

const controls: Readonly<Record<string, string>> = {
  ...{ '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r' },
};

function escaped(character: string): string {
  if (/[$()*+./?[\]^{|}\\]/.test(character)) return `\\${character}`;
  return controls[character] ?? byCode(character);
}

function byCode(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
}
