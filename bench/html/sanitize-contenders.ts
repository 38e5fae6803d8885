import { createRequire } from 'node:module';
import { peer } from '../peer.ts';

/** One sanitiser, with the elements of bulwark's `article` and a filter for links. */
export type Sanitise = (markup: string) => unknown;

/** Each is loaded by itself, in the process that measures it. */
export const contenders: Readonly<Record<string, () => Promise<Sanitise>>> = {
  async bulwark() {
    const { configureEvents } = await import('bulwark/event');
    const { sanitize } = await import('bulwark/html');
    configureEvents({ sinks: [] });
    return (markup) => sanitize(markup, 'article');
  },
  async 'sanitize-html'() {
    const sanitizeHtml = peer<typeof import('sanitize-html')>('sanitize-html');
    const { tags, own } = await article();
    return (markup) =>
      sanitizeHtml(markup, {
        allowedTags: [...tags],
        allowedAttributes: { ...own, a: [...(own['a'] ?? []), 'rel'] },
        allowedSchemes: ['http', 'https', 'mailto', 'tel'],
        transformTags: {
          a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow noopener noreferrer ugc' }),
        },
      });
  },
  async 'js-xss'() {
    // Its exports are not such as an import by name finds.
    const { FilterXSS, whiteList } = createRequire(import.meta.url)('xss') as typeof import('xss');
    const filter = new FilterXSS({
      whiteList: {
        ...Object.fromEntries(Object.keys(whiteList).map((tag) => [tag, []])),
        ...(await article()).own,
      },
      stripIgnoreTag: true,
      stripIgnoreTagBody: ['script', 'style'],
    });
    return (markup) => filter.process(markup);
  },
  async 'rehype-sanitize'() {
    const { unified } = await import('unified');
    const { default: rehypeParse } = await import('rehype-parse');
    const { default: rehypeSanitize, defaultSchema } = await import('rehype-sanitize');
    const { default: rehypeStringify } = await import('rehype-stringify');
    const rehype = unified()
      .use(rehypeParse, { fragment: true })
      .use(rehypeSanitize, { ...defaultSchema, tagNames: [...(await article()).tags] })
      .use(rehypeStringify)
      .freeze();
    return (markup) => String(rehype.processSync(markup));
  },
  async 'DOMPurify with jsdom'() {
    const { default: createDOMPurify } = await import('dompurify');
    const { JSDOM } = await import('jsdom');
    const purify = createDOMPurify(new JSDOM('').window as never);
    const { tags, own } = await article();
    const options = { ALLOWED_TAGS: [...tags], ALLOWED_ATTR: [...new Set(Object.values(own).flat())] };
    return (markup) => purify.sanitize(markup, options);
  },
};

/** What all are compared with. */
export const reference = 'sanitize-html';

async function article(): Promise<{ tags: readonly string[]; own: Record<string, string[]> }> {
  const { preset } = await import('bulwark/html');
  const { tags, attributes } = preset('article');
  const everywhere = [...(attributes['*'] ?? [])];
  const own = Object.fromEntries(tags.map((tag) => [tag, [...everywhere, ...(attributes[tag] ?? [])]]));
  return { tags, own };
}
