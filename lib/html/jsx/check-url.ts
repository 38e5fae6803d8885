import { attributeKind } from '../template/attribute-kind.ts';
import { allowedUrl, stripUrl, unsafeUrl } from '../values/safe-url.ts';
import { imagesIn } from '../values/srcset-text.ts';
import { allowedSchemes } from './link-schemes.ts';
import { placeOf, reportUnsafe } from './report-unsafe.ts';
import { trustedUrlText } from './safe-values.ts';

type Props = Readonly<Record<string, unknown>>;

/**
 * Returns the URL of an element, or a harmless one in its place if it could run code. It allows what a template allows, and also `blob:` URLs, `data:`
 * images, audio and video where they are only shown, and `data:` on links with `download`: bundlers write such URLs, and none of them runs code.
 *
 * @param name in lower case
 */
export function checkUrl(value: unknown, element: string, name: string, props: Props): unknown {
  const text = urlText(value);
  if (text === undefined) return value;
  if (typeof text === 'object') return text.trusted;
  if (allowedUrl(text, allowedSchemes()) !== undefined || isHarmlessData(text, element, name, props))
    return value;
  reportUnsafe('html/unsafe-url', { place: placeOf(name, element), value: text });
  return unsafeUrl;
}

/** Checks the URL of a component, which may pass it to an element. Only a URL that runs code is replaced. */
export function checkComponentUrl(value: unknown, name: string): unknown {
  const found = componentUrls(value).find((text) => /^(?:javascript|vbscript):/i.test(stripUrl(text)));
  if (found === undefined) return value;
  reportUnsafe('html/unsafe-url', { place: placeOf(name, undefined), value: found });
  return unsafeUrl;
}

/** A router's link may take the parts of a URL. */
function componentUrls(value: unknown): readonly string[] {
  const text = urlText(value);
  if (typeof text === 'string' && !text.startsWith('[object ')) return [text];
  if (typeof value !== 'object' || value === null || typeof text === 'object') return [];
  const { href, protocol, pathname } = value as Record<string, unknown>;
  return [href, pathname, `${String(protocol).replace(/:$/, '')}:`].filter(
    (part) => typeof part === 'string',
  );
}

/** A `srcSet`, without the images that may not be shown. */
export function checkSrcset(value: unknown, element: string, name: string): unknown {
  const text = urlText(value);
  if (typeof text !== 'string') return typeof text === 'object' ? text.trusted : value;
  const images = imagesIn(text);
  const shown = images.filter(
    ({ url }) => allowedUrl(url, allowedSchemes()) !== undefined || shownData.test(stripUrl(url)),
  );
  if (shown.length === images.length) return text;
  reportUnsafe('html/unsafe-url', { place: placeOf(name, element), value: text });
  return shown.map(({ url, descriptor }) => `${url} ${descriptor}`.trim()).join(', ');
}

/** What SVG's animations give to another attribute, which may be a link (CVE-2024-37568 and its like). */
export function checkAnimated(value: unknown, element: string, name: string, props: Props): unknown {
  // In any spelling: SVG has `attributeName`, whatever stands before it.
  const isLink = Object.keys(props).some(
    (one) => one.toLowerCase() === 'attributename' && /href\s*$/i.test(String(props[one])),
  );
  if (!isLink) return value;
  const text = urlText(value);
  if (typeof text !== 'string') return typeof text === 'object' ? text.trusted : value;
  if (text.split(';').every((part) => allowedUrl(part, allowedSchemes()) !== undefined)) return text;
  reportUnsafe('html/unsafe-url', { place: placeOf(name, element), value: text });
  return unsafeUrl;
}

/** The `content` of `<meta http-equiv="refresh">`. */
export function checkRefresh(value: unknown, element: string, name: string, props: Props): unknown {
  const command = Object.keys(props).find((one) => /^http-?equiv$/i.test(one));
  const text = urlText(value);
  if (command === undefined || typeof text !== 'string') return value;
  const url = /^[\s\d.]*[;,\s]?\s*(?:url\s*=\s*)?["']?/i.exec(text)?.[0].length ?? 0;
  if (allowedUrl(text.slice(url), allowedSchemes()) !== undefined) return text;
  reportUnsafe('html/unsafe-url', { place: placeOf(name, element), value: text });
  return undefined;
}

/**
 * The scheme of a link by itself. Preact sets it in a browser, as a property of the DOM: it turns `mailto:alert(1)` into code, which
 * was a harmless URL before.
 */
export function checkScheme(value: unknown, element: string, name: string): unknown {
  const text = urlText(value);
  if (typeof text !== 'string' || allowedSchemes().has(stripUrl(text).toLowerCase().replace(/:.*$/s, '')))
    return value;
  reportUnsafe('html/unsafe-url', { place: placeOf(name, element), value: text });
  return undefined;
}

/** The text that a framework would make of a value, or undefined for what becomes no text of an attribute. */
export function urlText(value: unknown): string | { readonly trusted: string } | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const trusted = trustedUrlText(value);
  if (trusted !== undefined) return { trusted };
  // A signal of Preact, which writes what it holds by itself.
  if (typeof (value as { readonly subscribe?: unknown }).subscribe === 'function') return undefined;
  try {
    return String(value);
  } catch {
    // An object without a text, which the framework can't write either.
    return undefined;
  }
}

const shownData = /^data:(?:image|audio|video)\//i;

function isHarmlessData(text: string, element: string, name: string, props: Props): boolean {
  const url = stripUrl(text);
  if (url === 'about:blank') return true;
  if (!/^data:/i.test(url)) return false;
  const tag = element.toLowerCase();
  if (tag === 'a' || tag === 'area') {
    const { download } = props;
    return name === 'href' && download !== undefined && download !== null && download !== false;
  }
  if (!shownData.test(url)) return false;
  if (shownOn.has(tag) || tag.includes('-')) return true;
  if (tag !== 'link') return false;
  const beside = new Map([['rel', String(props['rel'])]]);
  return attributeKind('link', 'href', beside).kind === 'image-url';
}

const shownOn: ReadonlySet<string> = new Set([
  'img',
  'image',
  'input',
  'video',
  'audio',
  'source',
  'feimage',
]);
