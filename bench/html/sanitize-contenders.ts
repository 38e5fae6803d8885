import { createRequire } from 'node:module';
import { preset, sanitize } from 'bulwark/html';
import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';
import rehypeParse from 'rehype-parse';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import sanitizeHtml from 'sanitize-html';
import { unified } from 'unified';

// Its exports are not such as an import by name finds.
const { FilterXSS, whiteList } = createRequire(import.meta.url)('xss') as typeof import('xss');

/** One sanitiser, with the elements of bulwark's `article` and a filter for links. */
export interface Contender {
  readonly name: string;
  run(markup: string): unknown;
}

const { tags, attributes } = preset('article');
const everywhere = [...(attributes['*'] ?? [])];
const own = Object.fromEntries(tags.map((tag) => [tag, [...everywhere, ...(attributes[tag] ?? [])]]));
const schemes = ['http', 'https', 'mailto', 'tel'];

const purify = createDOMPurify(new JSDOM('').window as never);
const filter = new FilterXSS({
  whiteList: { ...Object.fromEntries(Object.keys(whiteList).map((tag) => [tag, []])), ...own },
  stripIgnoreTag: true,
  stripIgnoreTagBody: ['script', 'style'],
});
const rehype = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeSanitize, { ...defaultSchema, tagNames: [...tags] })
  .use(rehypeStringify)
  .freeze();

export const bulwark: Contender = { name: 'bulwark', run: (markup) => sanitize(markup, 'article') };
export const reference: Contender = {
  name: 'sanitize-html',
  run: (markup) =>
    sanitizeHtml(markup, {
      allowedTags: [...tags],
      allowedAttributes: { ...own, a: [...(own['a'] ?? []), 'rel'] },
      allowedSchemes: schemes,
      transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow noopener noreferrer ugc' }) },
    }),
};
export const others: readonly Contender[] = [
  { name: 'js-xss', run: (markup) => filter.process(markup) },
  { name: 'rehype-sanitize', run: (markup) => String(rehype.processSync(markup)) },
  {
    name: 'DOMPurify with jsdom',
    run: (markup) =>
      purify.sanitize(markup, {
        ALLOWED_TAGS: [...tags],
        ALLOWED_ATTR: [...new Set(Object.values(own).flat())],
      }),
  },
];
