import type { NamedValue } from '../../../scan/rules/secret-in-file/named-values.ts';
import { keywordSearch } from './keyword-search.ts';

/** One of them is in each name of a secret. */
const search = keywordSearch([
  'pass',
  'pwd',
  'secret',
  'token',
  'key',
  'auth',
  'credential',
  'license',
  'ssws',
]);
const mostName = 80;
const mostValues = 5000;

/** What may stand between a name and its value in quotes: `: string =`, `:=`, `=>`, `", "`, `" value="`. */
const quoted =
  /["'`]?\]?[ \t]{0,8}(?:(?::[ \t]{0,3}[A-Za-z&][\w<>]{0,20}|[A-Za-z]\w{0,15})?[ \t]{0,8}(?:=>|:=|\|\|=|\?\?=|==?|:)|[ \t]{1,9}value=)[ \t]{0,8}(?:[A-Za-z_.]{1,30}\(|[bru]{1,2}(?=["']))?(["'`]|\\"|&quot;)([^"'`\\\n\r]{6,4000})\1/y;
/** `setProperty("password", "..."`, `os.environ.setdefault("KEY", "..."`; other calls with two texts are none. */
const argument = /["'][ \t]{0,3},[ \t]{0,3}["']([^"'\\\n\r]{6,512})["']/y;
const setter =
  /(?:set\w{0,20}|put|define|add\w{0,20}|property|header|env|option|config|param\w{0,6})\([ \t]{0,3}["']$/i;
const element = />([^<>\s]{6,512})<\//y;
const bare =
  /["']?[ \t]{0,8}[=:][ \t]{0,8}(?:Bearer |Basic )?(?![$%@<{(])([\w!@#%^&*+/=.:~?-]{6,512}(?<![,;:]))(?=\s|$|[;,"'])/y;

/**
 * Names and values in code and text of any language, of names that may be those of secrets. Only the value of what stands in quotes, or
 * between tags, is one; without `isQuoted`, bare ones too.
 */
export function* assignments(bytes: Buffer, text: string, isQuoted: boolean): Generator<NamedValue> {
  const places: number[] = [];
  search.search(bytes, (_, at) => places.push(at) < mostValues);
  let done = 0;
  for (const place of places) {
    if (place < done) continue;
    let start = place;
    while (start > 0 && place - start < mostName && isOfName(text.charCodeAt(start - 1))) start--;
    let end = place;
    while (end < text.length && end - place < mostName && isOfName(text.charCodeAt(end))) end++;
    done = end;
    const name = text.slice(start, end).replace(/^.*\\[nrt]/, '');
    const found = valueAt(text, { start, end }, isQuoted);
    if (found !== undefined) yield { name, owner: '', value: found.value, at: found.at, isKey: false };
  }
}

function valueAt(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  isQuoted: boolean,
): { readonly value: string; readonly at: number } | undefined {
  const patterns = setter.test(text.slice(Math.max(0, start - 30), start)) ? [argument] : [quoted, element];
  for (const pattern of isQuoted ? patterns : [...patterns, bare]) {
    pattern.lastIndex = end;
    const match = pattern.exec(text);
    if (match === null) continue;
    const value = match[2] ?? match[1] ?? '';
    return { value, at: end + match[0].lastIndexOf(value) };
  }
  return undefined;
}

function isOfName(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 45 ||
    code === 46
  );
}
