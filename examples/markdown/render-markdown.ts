import { createSanitizer, preset, type SafeHtml } from 'bulwark/html';
import { Marked } from 'marked';

export interface MarkdownOptions {
  /** Where images are loaded from instead of where they are, such as an image proxy's signed address. */
  readonly imageUrl?: (url: string) => string | undefined;
  /** Results that are kept. 1,000 by default. */
  readonly cache?: number;
}

/**
 * Makes a renderer of what users wrote in Markdown: store the Markdown, render it on each page.
 *
 * The Markdown library is not trusted with anything: its output is sanitised, so raw HTML in Markdown, and whatever the
 * library makes of a text that it did not expect, are held to the `markdown` preset.
 *
 * @example
 * ```ts
 * import { html, render } from 'bulwark/html';
 * import { createMarkdown } from 'bulwark-example-markdown/render-markdown';
 *
 * const markdown = createMarkdown();
 * render(html`<article>${markdown('**Hi** <script>x()</script>')}</article>`); // '<article><p><strong>Hi</strong> ...'
 * ```
 */
export function createMarkdown(options: MarkdownOptions = {}): (source: string) => SafeHtml {
  const marked = new Marked({ gfm: true, async: false });
  const policy = preset('markdown', options.imageUrl ? { images: options.imageUrl } : {});
  const clean = createSanitizer(policy, { cache: options.cache ?? 1_000 });
  return (source) => clean(marked.parse(source) as string);
}
