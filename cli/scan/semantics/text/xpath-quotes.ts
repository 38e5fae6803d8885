import { type Kinds, kinds, noDoubleQuote, noKinds, noSingleQuote } from '../../dataflow/domain/kinds.ts';

/**
 * The sink kinds that a part of an XPath expression is clean for, where `before` precedes it. XPath has no escapes: a text
 * stays inside its string literal as long as it doesn't hold the literal's quote.
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
