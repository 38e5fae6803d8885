import { fold } from './fold.ts';

const shortest = 3;

/**
 * The words of names, e-mail addresses and site names, folded: `ada.lovelace@example.com` gives the address, `adalovelace`, `ada`,
 * `lovelace` and `example`.
 */
export function contextWords(texts: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const text of texts) {
    const lower = text.normalize('NFKC').toLowerCase();
    for (const part of [lower, ...lower.split('@')]) {
      for (const word of [part, part.replace(/[^\p{L}\p{N}]+/gu, ''), ...part.split(/[^\p{L}\p{N}]+/u)]) {
        if (word.length >= shortest && !endings.has(word)) words.add(fold(word));
      }
    }
  }
  return words;
}

/** Parts of e-mail addresses that identify no one. */
const endings: ReadonlySet<string> = new Set([
  'com',
  'org',
  'net',
  'edu',
  'gov',
  'info',
  'www',
  'mail',
  'http',
  'https',
]);
