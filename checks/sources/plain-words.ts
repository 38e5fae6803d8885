/**
 * Phrases that made the scanner hard to read: words of this project's own where the field has a term, and German word order. The term
 * to use stands beside each.
 */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/\bdata of (?:others|strangers|somebody else)\b/i, 'untrusted data'],
  [/\bwhat others (?:send|sent|say|said|write|wrote|choose|chose)\b/i, 'untrusted data'],
  [/\bplain looks?\b/i, 'constant pass'],
  [/\btaken ways?\b/i, 'executable edges'],
  [/\bgoing[- ]on (?:blocks?|proofs?)\b/i, 'continuation blocks'],
  [/\bgiven[- ]joined\b/i, 'unnormalised argument'],
  [/\bhanded (?:on|over) functions?\b/i, 'escaping function'],
  [/\bof which nothing is known\b/i, 'unknown'],
  [/\b(?:has|have|had|is|are) (?:been )?gone through\b/i, 'analysed or traversed'],
  [/\bcomes? by here\b/i, 'reaches this point'],
  [/\blook(?:ed|s)? at in full\b/i, 'analysed with taint tracking'],
  [/\bguesses put upon guesses\b/i, 'low confidence'],
];

/** The lines of a source's comments that hold one of these phrases, each with the term for it. */
export function oddPhrases(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const comment = /^\s*(?:\/?\*|\/\/)(.*)|\/\/ (.*)$/.exec(line);
    const words = comment?.[1] ?? comment?.[2] ?? '';
    return phrases.flatMap(([phrase, term]) =>
      phrase.test(words) ? [`${index + 1}: ${phrase.exec(words)?.[0]} -> ${term}`] : [],
    );
  });
}
