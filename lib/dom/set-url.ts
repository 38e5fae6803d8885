import { DomMisuse } from './dom-error.ts';
import { localName, putAttribute } from './native.ts';
import { imageUrl, linkUrl, unsafeUrl } from './safe-url.ts';
import { urlTextOf } from './text-of.ts';

/**
 * Attributes whose URL is followed, submitted to or displayed; `image` is SVG's. All other URLs load code or a document, or send
 * data without the user's action.
 */
const places: ReadonlySet<string> = new Set(
  (
    'a href,area href,audio src,blockquote cite,button formaction,del cite,form action,image href,img src,' +
    'input formaction,input src,ins cite,q cite,source src,track src,video poster,video src'
  ).split(','),
);

/** Whether `setUrl` accepts this attribute of this element. */
export function takesUrl(tag: string, name: string): boolean {
  return places.has(`${tag} ${name}`);
}

/**
 * Sets a URL attribute. Links and forms accept http, https, mailto, tel and relative URLs; images and media accept http, https,
 * relative URLs and bitmaps in `data:`. Any other URL is replaced with `about:invalid#bulwark`, which no browser follows.
 *
 * @returns false if the URL was replaced
 * @throws DomRefusal `dom/not-text` for an object that is not a `URL`
 * @throws DomMisuse `dom/unsafe-attribute` for an attribute that loads code or a document
 */
export function setUrl(element: Element, name: string, value: string | URL): boolean {
  const tag = localName(element);
  const lower = name.toLowerCase();
  if (!takesUrl(tag, lower))
    throw new DomMisuse('dom/unsafe-attribute', `The attribute is ${lower} of <${tag}>.`);
  const text = urlTextOf(value, `${lower} of <${tag}>`);
  const shown = lower === 'src' || lower === 'poster' || tag === 'image';
  const url = shown ? imageUrl(text) : linkUrl(text);
  putAttribute(element, lower, url ?? unsafeUrl);
  return url !== undefined;
}

/**
 * Sets the target of a link. See {@link setUrl}.
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

/** Sets the source of an image, audio, video or subtitle track. See {@link setUrl}. */
export function setSrc(
  element: HTMLImageElement | HTMLInputElement | HTMLMediaElement | HTMLSourceElement | HTMLTrackElement,
  value: string | URL,
): boolean {
  return setUrl(element, 'src', value);
}

/** Sets the target of a form, on the form itself or on one of its buttons. See {@link setUrl}. */
export function setAction(
  element: HTMLFormElement | HTMLButtonElement | HTMLInputElement,
  value: string | URL,
): boolean {
  return setUrl(element, localName(element) === 'form' ? 'action' : 'formaction', value);
}
