import { attributeRules } from './attribute-rule.ts';
import { escapeHtml } from './escape.ts';
import type { Element } from './parse-untrusted.ts';
import type { Preset } from './preset.ts';
import { allowedUrl, isBitmap, stripUrl } from './safe-url.ts';

export interface UnsafeUrl {
  readonly place: string;
  readonly value: string;
}

export interface Allowed {
  /** False where the element has lost what it is for: a link its target, an image its source. */
  readonly keep: boolean;
  /** The attributes as markup, each with a space in front. */
  readonly text: string;
  readonly unsafeUrl: UnsafeUrl | undefined;
}

/** Longer ones are left out, in UTF-16 units: an unclosed link repeats its attributes in each paragraph. */
const maxTextLength = 1024;
const maxUrlLength = 4096;

const imageSchemes: ReadonlySet<string> = new Set(['http', 'https']);

/** What the page's own links must not be taken for, and what they must not tell the target. */
const rel = ' rel="nofollow noopener noreferrer ugc"';

export function allowedAttributes(element: Element, preset: Preset): Allowed {
  const tag = element.tagName;
  const names = new Set([...(preset.attributes['*'] ?? []), ...(preset.attributes[tag] ?? [])]);
  const links = new Set(preset.protocols);
  const kept = new Set<string>();
  let text = '';
  let unsafeUrl: UnsafeUrl | undefined;
  for (const { name, value } of element.attrs) {
    if (!names.has(name)) continue;
    const allowed = allowedValue(name, value, links);
    if (allowed !== undefined) {
      kept.add(name);
      text += ` ${name}="${escapeHtml(allowed)}"`;
    } else if ((name === 'href' || name === 'src') && isUnsafe(name, value, links)) {
      unsafeUrl ??= { place: `${name} of <${tag}>`, value: value.slice(0, 1024) };
    }
  }
  const needed = tag === 'a' ? 'href' : tag === 'img' ? 'src' : undefined;
  const keep = needed === undefined || kept.has(needed);
  return { keep, text: tag === 'a' ? text + rel : text, unsafeUrl };
}

/** The value to write, or undefined where the attribute is left out. */
function allowedValue(name: string, value: string, links: ReadonlySet<string>): string | undefined {
  const rule = attributeRules.get(name);
  switch (rule) {
    case undefined:
      return undefined;
    case 'text':
      return value.length <= maxTextLength ? value : undefined;
    case 'boolean':
      return '';
    case 'link':
      return shortUrl(allowedUrl(value, links));
    case 'image':
      // A bitmap is as long as its picture, and an image is not repeated.
      return isBitmap(value) ? stripUrl(value) : shortUrl(allowedUrl(value, imageSchemes));
    default:
      return rule.test(value) ? value : undefined;
  }
}

function shortUrl(url: string | undefined): string | undefined {
  return url !== undefined && url.length <= maxUrlLength ? url : undefined;
}

/** True where it is the scheme that a URL was left out for, and not its length. */
function isUnsafe(name: 'href' | 'src', value: string, links: ReadonlySet<string>): boolean {
  return allowedUrl(value, name === 'src' ? imageSchemes : links) === undefined;
}
