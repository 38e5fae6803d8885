import { clean, type HtmlOptions } from './clean.ts';
import { DomMisuse } from './dom-error.ts';
import { htmlNamespace, localName, namespaceUri, replaceChildren } from './native.ts';

const otherContent =
  /^(?:script|style|template|noscript|noembed|noframes|iframe|xmp|plaintext|textarea|title|select|option|object)$/;

/**
 * Replaces the content of `element` with sanitised `markup`. It keeps the elements and attributes of the `article` preset, and safe
 * URLs of links and images. No script runs, every `id` and `name` is removed, and each link gets
 * `rel="nofollow noopener noreferrer ugc"`.
 *
 * @throws DomRefusal `dom/markup-too-complex`, `dom/not-text`
 * @throws DomMisuse `dom/unsafe-element` for an element whose content is not markup, `dom/invalid-option`
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
    throw new DomMisuse('dom/unsafe-element', `The element is <${tag}>.`);
  replaceChildren(element, clean(markup, options));
}
