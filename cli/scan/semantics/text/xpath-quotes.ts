import { type Kinds, kinds, noDoubleQuote, noKinds, noSingleQuote } from '../../dataflow/domain/kinds.ts';

/**
 * The clean kinds of a part of an XPath. XPath has no escapes: a text without the quote that is open in front of it stays in
 * its literal.
 */
export function inXPathQuotes(clean: Kinds, before: string): Kinds {
  if (!clean.meets(noDoubleQuote.union(noSingleQuote))) return noKinds;
  const quote = openQuote(before);
  const proven = quote === '"' ? noDoubleQuote : quote === "'" ? noSingleQuote : noKinds;
  return !clean.meets(proven) ? noKinds : kinds('xpath');
}

function openQuote(text: string): string {
  let quote = '';
  for (const char of text) {
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
  }
  return quote;
}
