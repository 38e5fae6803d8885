import { DomMisuse } from './dom-error.ts';
import { localName, putAttribute } from './native.ts';
import { imageUrl, linkUrl, unsafeUrl } from './safe-url.ts';
import { urlTextOf } from './text-of.ts';

/**
 * Where a URL is followed, submitted to, or shown; `image` is that of SVG. All other URLs load code or a document, or send
 * data unasked.
 */
const places: ReadonlySet<string> = new Set(
  (
    'a href,area href,audio src,blockquote cite,button formaction,del cite,form action,image href,img src,' +
    'input formaction,input src,ins cite,q cite,source src,track src,video poster,video src'
  ).split(','),
);

/** True where `setUrl` takes this attribute of this element. */
export function takesUrl(tag: string, name: string): boolean {
  return places.has(`${tag} ${name}`);
}

/**
 * Sets a URL: http, https, mailto, tel or relative; of an image also http, https and bitmaps in `data:`, and no others.
 * Any other is set aside: the attribute is `about:invalid#bulwark`, which no browser follows.
 *
 * @returns false where the URL was set aside
 * @throws DomRefusal `dom/not-text` for an object that is no `URL`
 * @throws DomMisuse `dom/unsafe-attribute` where a URL loads code or a document
 */
export function setUrl(element: Element, name: string, value: string | URL): boolean {
  const tag = localName(element);
  const lower = name.toLowerCase();
  if (!takesUrl(tag, lower)) throw new DomMisuse('dom/unsafe-attribute', `It is ${lower} of <${tag}>.`);
  const text = urlTextOf(value, `${lower} of <${tag}>`);
  const shown = lower === 'src' || lower === 'poster' || tag === 'image';
  const url = shown ? imageUrl(text) : linkUrl(text);
  putAttribute(element, lower, url ?? unsafeUrl);
  return url !== undefined;
}

/**
 * Sets where a link leads.
 *
 * @example
 * ```ts
 * import { setHref } from 'bulwark/dom';
 *
 * const link = document.createElement('a');
 * setHref(link, 'javascript:alert(1)'); // false
 * link.href; // 'about:invalid#bulwark'
 * setHref(link, '/search?q=x'); // true
 * ```
 */
export function setHref(
  element: HTMLAnchorElement | HTMLAreaElement | SVGAElement,
  value: string | URL,
): boolean {
  return setUrl(element, 'href', value);
}

/** Sets what an image, a sound, a video or its subtitles are loaded from. */
export function setSrc(
  element: HTMLImageElement | HTMLInputElement | HTMLMediaElement | HTMLSourceElement | HTMLTrackElement,
  value: string | URL,
): boolean {
  return setUrl(element, 'src', value);
}

/** Sets where a form is sent to, by the form or by one of its buttons. */
export function setAction(
  element: HTMLFormElement | HTMLButtonElement | HTMLInputElement,
  value: string | URL,
): boolean {
  return setUrl(element, localName(element) === 'form' ? 'action' : 'formaction', value);
}
