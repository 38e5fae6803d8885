/**
 * Whether a text looks random: it is a long hexadecimal number, or it changes often between lowercase letters, uppercase
 * letters, digits and other characters.
 */
export function looksRandom(text: string): boolean {
  if (/^[\da-f]{24,}$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text);
  if (text.length < 10 || isOfWords(text)) return false;
  let turns = 0;
  for (let i = 1; i < text.length; i++) if (classOf(text, i) !== classOf(text, i - 1)) turns++;
  return turns * 3 >= text.length;
}

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

const word = /[A-Z][a-z]{2,}|[a-z]{3,}|[A-Z]{4,}/g;

/**
 * Whether most letters of a text belong to words, as in `SomeRandomString` and `AdminPass2024!`. In a random text, only few
 * letters belong to words.
 */
export function isOfWords(text: string): boolean {
  const letters = text.replace(/[^A-Za-z]/g, '').length;
  let inWords = 0;
  for (const [found] of text.matchAll(word))
    if (/[aeiouy]/i.test(found) && !/[^aeiouy]{5}/i.test(found)) inWords += found.length;
  return letters >= 6 && inWords * 5 >= letters * 3;
}
