import {
  type Kinds,
  kinds,
  noDoubleQuote,
  noKinds,
  noSingleQuote,
  noTag,
} from '../../dataflow/domain/kinds.ts';

const marks = noTag.union(noDoubleQuote).union(noSingleQuote);

/**
 * For what a value is harmless that stands behind this text, as far as that is markup: a text without `<` is harmless between
 * tags; in an attribute it must be without the quotes that are around it, and without spaces where there are none.
 */
export function inMarkup(clean: Kinds, before: string): Kinds {
  if (!clean.meets(kinds('xss').union(marks))) return clean;
  const tag = before.slice(Math.max(0, before.lastIndexOf('<')));
  if (addressAttribute.test(tag) && !clean.meets(kinds('link')))
    return clean.without(kinds('xss').union(marks));
  const quote = openQuote(tag);
  if (quote === undefined) return clean;
  if (quote === '')
    return !clean.meets(withoutSpaces) ? clean.without(kinds('xss').union(marks)) : clean.without(marks);
  if (!clean.meets(marks) || addressAttribute.test(tag)) return clean;
  const proven = quote === '"' ? noDoubleQuote : quote === "'" ? noSingleQuote : noKinds;
  return clean.without(marks).union(clean.meets(proven) ? kinds('xss') : noKinds);
}

/** What is escaped may still be a `javascript:` address, where a whole address is asked for. */
const addressAttribute = /^<[a-z][^>]*\s(?:href|action|formaction|xlink:href)\s*=\s*["']?$/i;

/** A text that is harmless for a shell has no spaces, and one that was encoded for an address has none. Escaped markup has. */
const withoutSpaces: Kinds = kinds('command', 'csv');

/** The quotes that are open at the end of a tag, empty inside of it without any, undefined outside of tags. */
function openQuote(tag: string): string | undefined {
  if (!/^<[a-z]/i.test(tag)) return undefined;
  let quote = '';
  for (let i = 1; i < tag.length; i++) {
    const char = tag.charAt(i);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return undefined;
  }
  return quote;
}
