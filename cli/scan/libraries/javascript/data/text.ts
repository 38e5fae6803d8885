/**
 * Texts: escape-string-regexp 5, safe-regex, slugify 1, @sindresorhus/slugify 2 and 3, strip-ansi, change-case, iconv-
 * lite, dayjs. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

export const text: Models = {
  language: 'javascript',
  summaries: [
    ['strip-ansi', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['slugify', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['dedent', '', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['common-tags', 'Member[html,oneLine,stripIndent,source]', 'Argument[0..]', 'ReturnValue', 'taint'],
    [
      'change-case',
      'Member[camelCase,kebabCase,snakeCase,pascalCase,capitalCase,sentenceCase]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    ['iconv-lite', 'Member[decode,encode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['js-base64', 'Member[decode,encode,toBase64,fromBase64]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['js-base64', 'Member[Base64].Member[decode,encode]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'lz-string',
      'Member[decompress,decompressFromBase64,decompressFromEncodedURIComponent]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    ['pako', 'Member[inflate,ungzip,inflateRaw]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['sprintf-js', 'Member[sprintf]', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['sprintf-js', 'Member[vsprintf]', 'Argument[0,1]', 'ReturnValue', 'taint'],
    ['normalize-url', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['url-join', '', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['ufo', 'Member[joinURL,withQuery,withBase]', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['query-string', 'Member[parse,parseUrl]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['strip-bom', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['decode-uri-component', '', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ['escape-string-regexp', 'ReturnValue', ['regex']],
    ['regex-escape', 'ReturnValue', ['regex']],
    // Removes slashes and white space; quotes and dots may remain.
    ['slugify', 'ReturnValue', ['path', 'header', 'log']],
    [
      '@sindresorhus/slugify',
      'ReturnValue',
      ['sql', 'xss', 'command', 'path', 'ldap', 'xpath', 'header', 'log', 'csv', 'mail', 'regex'],
    ],
  ],
  sinks: [
    ['xregexp', 'Argument[0]', 'regex'],
    ['xregexp', 'Member[build,cache].Argument[0]', 'regex'],
  ],
  guards: [['safe-regex', 'Argument[0]', ['redos']]],
};
