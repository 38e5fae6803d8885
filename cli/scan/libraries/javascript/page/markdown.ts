/**
 * marked 5 to 17, showdown 2, snarkdown, commonmark, micromark 4: which of them keep HTML in the text. markdown-it 14
 * and remarkable 2 do with `html: true`; ansi-to-html 0.7, linkify-html 4. Documentation: https://marked.js.org
 */
import type { Condition, Models } from '../../../models/model.ts';

const dangerous: Condition = { at: 'Argument[1].Member[allowDangerousHtml]', is: [true] };
const escapes: Condition = { at: 'Argument[this].Argument[0].Member[escapeXML]', is: [true] };

/** HTML in the text is kept if the parser was configured so. */
const keeps: Condition = { at: 'Argument[this].Argument[0].Member[html]', is: [true] };

/** The code of a fence, and the word behind its backticks, which may hold quotes and tags. */
const highlighted = 'Parameter[0,1]';

export const markdown: Models = {
  language: 'javascript',
  types: [
    ['markdown.Highlight', 'markdown-it', 'Argument[0].Member[highlight]'],
    ['markdown.Highlight', 'remarkable', 'Member[Remarkable].Argument[0].Member[highlight]'],
  ],
  sources: [['markdown.Highlight', highlighted, 'stored']],
  sinks: [['markdown.Highlight', 'ReturnValue', 'xss']],
  guards: ['highlight.js', 'highlight.js/lib/core', 'highlight.js/lib/common'].map(
    (name) => [name, 'Member[getLanguage].Argument[0]', 'all'] as const,
  ),
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
    ['micromark', 'Member[micromark]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['markdown-it', 'Instance.Member[render,renderInline]', 'Argument[0]', 'ReturnValue', 'taint', keeps],
    ['markdown-it', 'ReturnValue.Member[render,renderInline]', 'Argument[0]', 'ReturnValue', 'taint', keeps],
    [
      'remarkable',
      'Member[Remarkable].Instance.Member[render]',
      'Argument[0]',
      'ReturnValue',
      'taint',
      keeps,
    ],
    ['ansi-to-html', 'Instance.Member[toHtml]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['linkify-html', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['linkifyjs/html', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['html-minifier', 'Member[minify]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['html-minifier-terser', 'Member[minify]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ['micromark', 'Member[micromark].ReturnValue', ['xss'], { ...dangerous, not: true }],
    ['ansi-to-html', 'Instance.Member[toHtml].ReturnValue', ['xss'], escapes],
  ],
};
