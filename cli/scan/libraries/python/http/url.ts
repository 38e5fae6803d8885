// urllib.parse of Python 3.11; Python 2's names; yarl and furl as documented.
import type { Condition, Models } from '../../../models/model.ts';

type Sanitizer = NonNullable<Models['sanitizers']>[number];

/**
 * A complete address needs a colon or two slashes to lead to another site, and a path needs slashes to leave its folder.
 * `quote` keeps slashes by default, and the characters in `safe`.
 */
function sanitizersOf(library: string): Sanitizer[] {
  const all = 'Member[quote,quote_plus,quote_from_bytes,urlencode].ReturnValue';
  const slash: Condition = { at: 'Argument[1,safe:]', has: ['/'], not: true };
  const without = (signs: readonly string[]): Condition => ({ ...slash, has: signs, orAbsent: true });
  const quoted = 'Member[quote,quote_plus,quote_from_bytes].ReturnValue';
  return [
    [library, all, ['header', 'log', 'mail', 'csv']],
    [library, quoted, ['xss'], without(["'", '"', '<'])],
    [library, quoted, 'tags', without(['<'])],
    [library, quoted, 'double-quotes', without(['"'])],
    [library, 'Member[urlencode].ReturnValue', ['xss']],
    [library, all, ['ssrf'], { ...slash, has: [':'] }],
    [
      library,
      'Member[quote,quote_from_bytes].ReturnValue',
      ['redirect', 'path'],
      { ...slash, orAbsent: true },
    ],
    [library, 'Member[quote_plus].ReturnValue', ['redirect', 'path'], slash],
    [library, 'Member[urlencode].ReturnValue', ['redirect']],
  ];
}

/**
 * Functions that parse, encode and join URLs. A percent-encoded text contains no line breaks, and no markup unless `safe` keeps
 * it. Whether it is harmless in the target of a request, in a redirect or in a path depends on the characters that are left
 * unencoded: see `sanitizersOf`.
 */
export const url: Models = {
  language: 'python',
  types: [['urllib.ParseResult', 'urllib.parse', 'Member[urlparse,urlsplit].ReturnValue']],
  summaries: [
    [
      'urllib.parse',
      'Member[urlparse,urlsplit,unquote,unquote_plus,unquote_to_bytes,parse_qs,parse_qsl,urldefrag]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    ['urllib.parse', 'Member[quote,quote_plus,quote_from_bytes]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['urllib.parse', 'Member[urlencode]', 'Argument[0,query:]', 'ReturnValue', 'taint'],
    ['urllib.parse', 'Member[urljoin]', 'Argument[0,1,base:,url:]', 'ReturnValue', 'taint'],
    ['urllib.parse', 'Member[urlunparse,urlunsplit]', 'Argument[0,components:]', 'ReturnValue', 'taint'],
    ['urllib.ParseResult', 'Member[geturl,_replace]', 'Argument[this]', 'ReturnValue', 'taint'],
    [
      'urllib.ParseResult',
      'Member[_replace]',
      'Argument[scheme:,netloc:,path:,query:,fragment:]',
      'ReturnValue',
      'taint',
    ],
    ['urlparse', 'Member[urlparse,urlsplit,parse_qs,parse_qsl]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['urlparse', 'Member[urljoin]', 'Argument[0,1]', 'ReturnValue', 'taint'],
    [
      'urllib',
      'Member[quote,quote_plus,unquote,unquote_plus,urlencode]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
  ],
  sanitizers: [
    ...['urllib.parse', 'urllib', 'requests.utils'].flatMap(sanitizersOf),
    ['urllib.ParseResult', 'Member[port]', 'all'],
  ],
};
