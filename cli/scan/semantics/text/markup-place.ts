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
 * The sink kinds that a value is clean for in markup. `before` is the markup in front of the value. Between tags, a
 * text without `<` is harmless. In a quoted attribute, or a string of a script, the text must not contain the quote. In
 * an attribute without quotes, it must not contain spaces.
 */
export function inMarkup(clean: Kinds, before: string): Kinds {
  if (!clean.meets(kinds('xss').union(marks))) return clean;
  const tag = before.slice(Math.max(0, before.lastIndexOf('<')));
  if (addressAttribute.test(tag) && !clean.meets(kinds('link')))
    return clean.without(kinds('xss').union(marks));
  const quote = stringQuote(before) ?? openQuote(tag);
  if (quote === undefined) return clean;
  if (quote === '')
    return !clean.meets(withoutSpaces) ? clean.without(kinds('xss').union(marks)) : clean.without(marks);
  if (!clean.meets(marks) || addressAttribute.test(tag)) return clean;
  const proven = quote === '"' ? noDoubleQuote : quote === "'" ? noSingleQuote : noKinds;
  return clean.without(marks).union(clean.meets(proven) ? kinds('xss') : noKinds);
}

/** Escaped text may still be a `javascript:` URL where an attribute takes a whole URL. */
const addressAttribute = /^<[a-z][^>]*\s(?:href|action|formaction|xlink:href)\s*=\s*["']?$/i;

/** A text that is clean for a shell or encoded for a URL holds no spaces. Escaped markup may. */
const withoutSpaces: Kinds = kinds('command', 'csv');

/** The quote of a string that is open at the end of a script's text: `const id = '`, and `<script>show("`. */
function stringQuote(before: string): string | undefined {
  const declared = declaration.exec(before);
  if (declared) return declared[1];
  const script = before.slice(Math.max(0, before.lastIndexOf('<script')));
  return inScript.exec(script)?.[1];
}

const declaration = /(?:^|[\s;{}])(?:const|let|var)\s+[\w$]+\s*=\s*(["'])$/;
const inScript = /^<script\b[^>]*>(?:[^<]|<(?!\/script))*[=(,:[+?]\s*(["'])$/i;

/** The quote that is open at the end of a tag; empty inside a tag without an open quote; undefined outside of tags. */
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
