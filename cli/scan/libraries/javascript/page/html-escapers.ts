/**
 * DOMPurify 3, sanitize-html 2, xss 1, he 1, escape-html 1, html-entities 2, entities 4 to 7, lodash.escape,
 * striptags, serialize-javascript 6 and 7, devalue 5, escape-goat. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

export const htmlEscapers: Models = {
  language: 'javascript',
  types: [
    ['dompurify.Purifier', 'dompurify', ''],
    ['dompurify.Purifier', 'dompurify', 'ReturnValue'],
    ['dompurify.Purifier', 'isomorphic-dompurify', ''],
    ['dompurify.Purifier', 'global', 'Member[DOMPurify]'],
    ['dompurify.Purifier', 'global', 'Member[window].Member[DOMPurify]'],
  ],
  sanitizers: [
    ['dompurify.Purifier', 'Member[sanitize].ReturnValue', ['xss']],
    ['sanitize-html', 'ReturnValue', ['xss']],
    ['xss', 'ReturnValue', ['xss']],
    ['xss', 'Member[filterXSS,escapeHtml].ReturnValue', ['xss']],
    ['xss', 'Member[FilterXSS].Instance.Member[process].ReturnValue', ['xss']],
    ['insane', 'ReturnValue', ['xss']],
    ['he', 'Member[encode,escape].ReturnValue', ['xss']],
    ['escape-html', 'ReturnValue', ['xss']],
    ['escape-goat', 'Member[htmlEscape].ReturnValue', ['xss']],
    ['html-escaper', 'Member[escape].ReturnValue', ['xss']],
    ['html-entities', 'Member[encode].ReturnValue', ['xss']],
    [
      'entities',
      'Member[encodeHTML,encodeNonAsciiHTML,encodeXML,escape,escapeUTF8,escapeText,escapeAttribute].ReturnValue',
      ['xss'],
    ],
    ['lodash', 'Member[escape].ReturnValue', ['xss']],
    ['lodash-es', 'Member[escape].ReturnValue', ['xss']],
    ['lodash/escape', 'ReturnValue', ['xss']],
    ['lodash.escape', 'ReturnValue', ['xss']],
    ['underscore', 'Member[escape].ReturnValue', ['xss']],
    [
      'xss-filters',
      'Member[inHTMLData,inHTMLComment,inSingleQuotedAttr,inDoubleQuotedAttr,inUnQuotedAttr].ReturnValue',
      ['xss'],
    ],
    ['xmlbuilder2', 'Member[create].ReturnValue.Member[end].ReturnValue', ['xss']],
    // They escape `<` for JavaScript, for use in a script element.
    [
      'serialize-javascript',
      'ReturnValue',
      ['xss'],
      { at: 'Argument[1].Member[unsafe]', is: [true], not: true },
    ],
    ['devalue', 'Member[uneval,stringify].ReturnValue', ['xss']],
    ['htmlescape', 'ReturnValue', ['xss']],
  ],
  summaries: [
    ['serialize-javascript', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['he', 'Member[decode,unescape]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['html-entities', 'Member[decode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['entities', 'Member[decode,decodeHTML,decodeXML]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['html-escaper', 'Member[unescape]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['escape-goat', 'Member[htmlUnescape]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'locutus/php/strings',
      'Member[stripslashes,stripcslashes,html_entity_decode,htmlspecialchars_decode,strip_tags]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
  ],
};
