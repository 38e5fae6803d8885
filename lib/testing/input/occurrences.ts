/** Shorter words stand anywhere by chance, and count only as words of their own. */
const certain = 6;

/** How often the word stands in the text, in any case. */
export function occurrences(text: string, word: string): number {
  if (word === '') return 0;
  const [low, searched] = [text.toLowerCase(), word.toLowerCase()];
  let count = 0;
  for (let at = low.indexOf(searched); at >= 0; at = low.indexOf(searched, at + searched.length)) {
    const around = (low[at - 1] ?? '') + (low[at + searched.length] ?? '');
    if (searched.length >= certain || !/\w/.test(around)) count++;
  }
  return count;
}
