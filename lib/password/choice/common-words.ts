import { commonWordsData } from './common-words-data.ts';

let words: ReadonlySet<string> | undefined;

/** Folded words that stand in many passwords. Unpacked at first use, about a millisecond. */
export function commonWords(): ReadonlySet<string> {
  words ??= unpack(commonWordsData);
  return words;
}

function unpack(data: string): ReadonlySet<string> {
  const unpacked = new Set<string>();
  let former = '';
  for (const [, kept = 'A', rest = ''] of data.matchAll(/([A-Z])([^A-Z]*)/g)) {
    former = former.slice(0, kept.charCodeAt(0) - 65) + rest;
    unpacked.add(former);
  }
  return unpacked;
}
