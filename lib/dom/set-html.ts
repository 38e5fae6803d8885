import { clean, type HtmlOptions } from './clean.ts';
import { DomMisuse } from './dom-error.ts';
import { htmlNamespace, localName, namespaceUri, replaceChildren } from './native.ts';

const otherContent =
  /^(?:script|style|template|noscript|noembed|noframes|iframe|xmp|plaintext|textarea|title|select|option|object)$/;

/**
 * Replaces what is in `element` by what is allowed of `markup`: the elements and attributes of an article, with links
 * and images to http, https and relative URLs. No script runs, no `id` and no `name` is kept, each link has
 * `rel="nofollow noopener noreferrer ugc"`.
 *
 * @throws DomRefusal `dom/markup-too-complex`, `dom/not-text`
 * @throws DomMisuse `dom/unsafe-element` for an element whose content is no markup, `dom/invalid-option`
 *
 * @example
 * ```ts
 * import { setHtml } from 'bulwark/dom';
 *
 * const article = document.createElement('article');
 * setHtml(article, '<p onclick="x()">Hi <script>x()</script><b id="y">there');
 * article.innerHTML; // '<p>Hi <b>there</b></p>'
 * ```
 */
export function setHtml(element: Element, markup: string, options?: HtmlOptions): void {
  const tag = localName(element);
  if (namespaceUri(element) !== htmlNamespace || otherContent.test(tag))
    throw new DomMisuse('dom/unsafe-element', `It is <${tag}>.`);
  replaceChildren(element, clean(markup, options));
}
