/**
 * marked 5 to 17, showdown 2, snarkdown, commonmark, micromark 4: which of them keep markup that stands in the text.
 * Not markdown-it and remarkable, which escape it unless `html: true`. Documentation: https://marked.js.org
 */
import type { Models } from '../../model.ts';

export const markdown: Models = {
  language: 'javascript',
  summaries: [
    ['marked', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['marked', 'Member[marked,parse,parseInline]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['marked', 'Member[marked].Member[parse,parseInline]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['marked', 'Member[Marked].Instance.Member[parse,parseInline]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['global', 'Member[marked]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['global', 'Member[marked].Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['showdown', 'Member[Converter].Instance.Member[makeHtml]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['snarkdown', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['commonmark', 'Member[Parser].Instance.Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['commonmark', 'Member[HtmlRenderer].Instance.Member[render]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['turndown', 'Instance.Member[turndown]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['juice', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['html-minifier', 'Member[minify]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['html-minifier-terser', 'Member[minify]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [['micromark', 'Member[micromark].ReturnValue', ['xss']]],
};
